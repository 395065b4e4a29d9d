using System.Collections;
using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures.Drawing;
using FinsamOutcomes.Reporting.Reports;

namespace FinsamOutcomes.Reporting.Tests.Documents;

/// <summary>
/// Signs that no document may hold are refused where texts are written. Should one come another way, it is left out: it
/// never stops a file.
/// </summary>
public sealed class ForbiddenSignsInDocumentsTests
{
    // As numbers: half a sign would not come through from the list of cases.
    public static TheoryData<int> Signs { get; } = [0xFFFE, 0xFFFF, 0xD800, 0xDC00, 0x07, 0x0B, 0x00, 0xE000, 0x202E];

    [Theory, MemberData(nameof(Signs))]
    public void A_sign_in_every_text_of_a_report_is_left_out_of_every_file(int code)
    {
        var sign = ((char)code).ToString();
        var report = (ReportDocument)With(sign, SampleReport.Document());
        report.Title.ShouldBe("Årsredovisning 2024" + sign);

        using (var word = WordprocessingDocument.Open(Rendered.Word(report), isEditable: false))
        {
            Rendered.Faults(word).ShouldBeEmpty();
            word.MainDocumentPart!.Document!.InnerText.ShouldContain("Vägen vidare");
        }

        using (var excel = SpreadsheetDocument.Open(Rendered.Excel(report), isEditable: false))
            Rendered.Faults(excel).ShouldBeEmpty();
        XDocument.Load(Rendered.Html(report)).Root!.Value.ShouldContain("Vägen vidare");
        foreach (var figure in report.Blocks.OfType<FigureBlock>().Select(b => b.Figure))
            XDocument.Parse(FigureRenderer.Svg(figure)).Root!.Name.LocalName.ShouldBe("svg");
        var made = ReportFiles.Make(report, "rapport");
        made.Count.ShouldBeGreaterThan(3);
    }

    [Theory]
    [InlineData('>', 130)]
    [InlineData('>', 5_000)]
    [InlineData('*', 2_000)]
    [InlineData('[', 20_000)]
    public void A_text_that_is_nested_without_end_is_shown_as_its_lines(char sign, int levels)
    {
        var markdown = $"# Rubrik\n\n{new string(sign, levels)} innerst\n\nEfteråt";
        var html = System.Net.WebUtility.HtmlDecode(WrittenText.ToHtml(markdown, headingLevel: 3));
        html.ShouldContain("innerst");
        html.ShouldContain("Efteråt");
    }

    // Every text in a record and in what it holds, but what becomes file names.
    private static object With(string sign, object value)
    {
        switch (value)
        {
            case string text:
                return text + sign;
            case IList list:
                var item = list.GetType()
                    .GetInterfaces()
                    .First(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
                    .GetGenericArguments()[0];
                var copies = Array.CreateInstance(item, list.Count);
                for (var i = 0; i < list.Count; i++)
                    copies.SetValue(list[i] is { } one ? With(sign, one) : null, i);
                return copies;
        }

        var clone = value.GetType().GetMethod("<Clone>$");
        if (clone is null)
            return value;
        var copy = clone.Invoke(value, null)!;
        foreach (var property in copy.GetType().GetProperties().Where(p => p is { CanWrite: true, Name: not "Id" }))
        {
            if (property.GetValue(copy) is { } held)
                property.SetValue(copy, With(sign, held));
        }

        return copy;
    }
}
