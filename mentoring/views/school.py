from django.http import HttpRequest, HttpResponse

def school_list(request, **k): return HttpResponse('x')

def school_detail(request, **k): return HttpResponse('x')

def school_by_urn(request, **k): return HttpResponse('x')
