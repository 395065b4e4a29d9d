using FinsamOutcomes.Web.Api;
using FinsamOutcomes.Web.Pages.Errors;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace FinsamOutcomes.Web;

/// <summary>Only what browsers do is answered, and what the API has: other methods are refused before anything runs, and say which there are.</summary>
internal sealed class AnsweredMethods(RequestDelegate next)
{
    private const string Answered = "GET, HEAD, POST";

    public Task InvokeAsync(HttpContext context)
    {
        var method = context.Request.Method;
        // The page that tells of it is asked for with the same method.
        if (
            HttpMethods.IsGet(method)
            || HttpMethods.IsHead(method)
            || HttpMethods.IsPost(method)
            || (ApiRights.IsApi(context) && (HttpMethods.IsPut(method) || HttpMethods.IsDelete(method)))
            || context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = Answered;
        return Task.CompletedTask;
    }
}

/// <summary>A form that a page has no handler for is refused, not shown a page that was never filled in.</summary>
internal sealed class HandledForms : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (context.HandlerMethod is not null || !HttpMethods.IsPost(context.HttpContext.Request.Method) || context.HandlerInstance is ErrorModel)
            return;
        context.HttpContext.Response.Headers.Allow = "GET, HEAD";
        context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
    }
}
