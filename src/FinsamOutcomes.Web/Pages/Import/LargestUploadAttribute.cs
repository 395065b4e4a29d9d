using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace FinsamOutcomes.Web.Pages.Import;

/// <summary>
/// Lets one page take a larger upload than the rest of the site, and answers a larger one in words. A browser that is
/// refused in the middle of what it sends shows a broken connection instead of the answer, so what is too large is
/// received and thrown away first. What is small enough is held in memory: it can tell of people and is never put on disk.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LargestUploadAttribute(int bytes) : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    // Boundaries, the antiforgery token and the names of the fields.
    private const int Around = 65_536;

    /// <summary>Before the form is read, as it is to find the antiforgery token.</summary>
    public int Order => 800;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var (http, request) = (context.HttpContext, context.HttpContext.Request);
        var body = http.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (request.ContentLength > bytes + Around)
        {
            if (body is { IsReadOnly: false })
                body.MaxRequestBodySize = null;
            await request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
            context.Result = new LocalRedirectResult($"{request.PathBase}{request.Path}{request.QueryString.Add(IndexModel.TooLargeName, "ja")}");
            return;
        }

        if (body is { IsReadOnly: false })
            body.MaxRequestBodySize = bytes + Around;
        http.Features.Set<IFormFeature>(
            new FormFeature(request, new FormOptions { MultipartBodyLengthLimit = bytes + Around, MemoryBufferThreshold = bytes + Around }));
    }
}
