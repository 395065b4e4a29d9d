using System.Globalization;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Reports;

/// <summary>One file of a made report, or all of them (<c>alla</c>) as a zip.</summary>
public sealed class ReportFileModel(CurrentAccess access, ReportJobStore jobs) : PageModel
{
    public async Task<IActionResult> OnGetAsync()
    {
        var (jobId, ordinal) = (access.Route.JobId, access.Route.Ordinal);
        if (await jobs.FindAsync(access.ForbundId, jobId, HttpContext.RequestAborted) is not { } job)
            return NotFound();
        if (job.State != ReportJobStates.Done)
        {
            TempData["Problem"] = "Rapporten är inte klar än.";
            return Redirect($"/f/{access.ForbundId}/rapporter");
        }

        if (!job.MayBeReadBy(access.UserName))
        {
            TempData["Problem"] = ReportsModel.NotYours;
            return Redirect($"/f/{access.ForbundId}/rapporter");
        }

        if (ordinal == "alla")
        {
            var files = await jobs.DownloadAllAsync(access.ForbundId, jobId, access.UserName, HttpContext.RequestAborted);
            using var zip = new MemoryStream();
            ReportFiles.WriteZip(files.Select(f => new ReportFile(f.File.FileName, f.File.ContentType, f.Content)), job.FinishedAt!.Value, zip);
            return File(zip.ToArray(), "application/zip", string.Create(CultureInfo.InvariantCulture, $"{job.Report}-{job.CalendarYear}.zip"));
        }

        if (!int.TryParse(ordinal, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || await jobs.DownloadAsync(access.ForbundId, jobId, number, access.UserName, HttpContext.RequestAborted) is not { } file)
        {
            return NotFound();
        }

        return File(file.Content, file.File.ContentType, Path.GetFileName(file.File.FileName));
    }
}
