from django.http import HttpRequest, HttpResponse


def enrol(request, **k):
    return HttpResponse("x")


def leave(request, **k):
    return HttpResponse("x")
