using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Publications;

/// <summary>A file of a kept publication, made again: <c>docx</c>, <c>xlsx</c>, <c>html</c>, or <c>alla</c> as a zip.</summary>
public sealed class FileModel(CurrentAccess access, OpenedPublication opened) : PageModel
{
    public async Task<IActionResult> OnGetAsync()
    {
        var format = access.Route.Format;
        if (format is not ("docx" or "xlsx" or "html" or "alla"))
            return NotFound();
        if (await opened.OpenAsync(format, HttpContext.RequestAborted, isFile: true) is not { } kept)
            return Redirect(opened.Address);
        var files = ReportFiles.Make(kept.Document, kept.FileName, only: format == "alla" ? null : $".{format}", cancellationToken: HttpContext.RequestAborted);
        if (format != "alla")
            return File(files[0].Content, files[0].ContentType, files[0].Name);
        using var zip = new MemoryStream();
        ReportFiles.WriteZip(files, kept.Row.MadeAt, zip);
        return File(zip.ToArray(), "application/zip", $"{kept.FileName}.zip");
    }
}
