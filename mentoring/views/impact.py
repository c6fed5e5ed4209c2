from django.http import HttpRequest, HttpResponse

def impact(request, **k): return HttpResponse('x')
