from django.http import HttpRequest, HttpResponse


def programme_settings(request, **k):
    return HttpResponse("x")
