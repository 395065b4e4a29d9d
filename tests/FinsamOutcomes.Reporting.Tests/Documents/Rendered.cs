using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using FinsamOutcomes.Reporting.Documents;

namespace FinsamOutcomes.Reporting.Tests.Documents;

/// <summary>Written documents; with FINSAM_SAMPLES set to a folder they are also left there to be looked at.</summary>
internal static class Rendered
{
    public static MemoryStream Word(ReportDocument? document = null, string? name = null) =>
        Written(document is null ? "prov.docx" : name, stream => WordDocumentWriter.Write(document ?? SampleReport.Document(), stream));

    public static MemoryStream Excel(ReportDocument? document = null) =>
        Written(document is null ? "prov.xlsx" : null, stream => ExcelDocumentWriter.Write(document ?? SampleReport.Document(), stream));

    public static MemoryStream Html(ReportDocument? document = null) =>
        Written(document is null ? "prov.html" : null, stream => HtmlDocumentWriter.Write(document ?? SampleReport.Document(), stream));

    /// <summary>What the schema of Office 2019 has against the file; nothing when it is sound.</summary>
    public static IReadOnlyList<string> Faults(OpenXmlPackage file) =>
        new OpenXmlValidator(FileFormatVersions.Office2019).Validate(file).Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}").ToList();

    private static MemoryStream Written(string? name, Action<Stream> write)
    {
        var stream = new MemoryStream();
        write(stream);
        if (name is not null && Environment.GetEnvironmentVariable("FINSAM_SAMPLES") is { Length: > 0 } folder)
            File.WriteAllBytes(Path.Combine(folder, name), stream.ToArray());
        stream.Position = 0;
        return stream;
    }
}
