from django.http import HttpRequest, HttpResponse


def eligibility_index(request, **k):
    return HttpResponse("x")


def freeze(request, **k):
    return HttpResponse("x")


def eligibility_detail(request, **k):
    return HttpResponse("x")
