using FinsamOutcomes.Web.Pages.Import;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace FinsamOutcomes.Web;

/// <summary>
/// Answers what is too large with the page that says so. A browser that is refused in the middle of what it sends shows a
/// broken connection instead, so it is received and thrown away first, up to a limit. Without this, the form's protection
/// meets the server's limit and answers as if the form were old.
/// </summary>
internal sealed class LargestRequest(RequestDelegate next)
{
    /// <summary>The largest form, in bytes: an insats's text with room to spare. Nothing larger is read.</summary>
    public const long Bytes = 1_000_000;

    /// <summary>What is received to be thrown away, in bytes; whoever sends more is not waiting for a page.</summary>
    private const long Thrown = 64_000_000;

    public async Task InvokeAsync(HttpContext context)
    {
        // A page that takes files has a limit of its own; the page that tells of this one is asked for with the same request.
        if (
            context.GetEndpoint()?.Metadata.GetMetadata<LargestUploadAttribute>() is not null
            || context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            await next(context);
            return;
        }

        if (!IsReadable(context.Request.ContentType))
        {
            context.Features.Set<IFormFeature>(new FormFeature(FormCollection.Empty));
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var (request, limit) = (context.Request, context.Features.Get<IHttpMaxRequestBodySizeFeature>());
        var isUnknown = request.ContentLength is null && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
        if (request.ContentLength is not > Bytes && !isUnknown)
        {
            await next(context);
            return;
        }

        if (limit is { IsReadOnly: false })
            limit.MaxRequestBodySize = Thrown;
        if (isUnknown && await ReadAsync(request.Body, context.RequestAborted) is { } body)
        {
            context.Response.RegisterForDispose(body);
            request.Body = body;
            await next(context);
            return;
        }

        // Whoever asks first whether to send it gets the answer and sends nothing.
        if (request.ContentLength is null or <= Thrown && request.Headers.Expect.Count == 0)
            await request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Features.Set<IFormFeature>(new FormFeature(FormCollection.Empty));
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    }

    // UTF-7 is known and refused for its dangers, with an exception; what isn't known at all is read as UTF-8.
    private static bool IsReadable(string? contentType)
    {
        try
        {
            return !MediaTypeHeaderValue.TryParse(contentType, out var type) || type.Encoding is null || type.Encoding.CodePage > 0;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    // What comes in parts of a length that nobody told; null when it is too large.
    private static async Task<MemoryStream?> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var read = new MemoryStream();
        var buffer = new byte[16_384];
        int count;
        while ((count = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (read.Length + count > Bytes)
                return null;
            read.Write(buffer, 0, count);
        }

        read.Position = 0;
        return read;
    }
}
