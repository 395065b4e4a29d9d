using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace FinsamOutcomes.Reporting.Documents.Word;

/// <summary>Paragraphs, runs, fields and the förbund's own text.</summary>
internal static class WordText
{
    public static Paragraph Paragraph(string? style, params OpenXmlElement[] content)
    {
        var properties = new ParagraphProperties();
        if (style is not null)
            properties.ParagraphStyleId = new ParagraphStyleId { Val = style };
        var paragraph = new Paragraph(properties);
        paragraph.Append(content);
        return paragraph;
    }

    public static Run Run(string text, RunProperties? look = null)
    {
        var run = new Run();
        if (look is not null)
            run.Append(look);
        run.Append(new Text(text) { Space = SpaceProcessingModeValues.Preserve });
        return run;
    }

    public static IEnumerable<Run> Runs(IEnumerable<TextRun> runs) => runs.Select(r =>
    {
        var look = new RunProperties();
        if (r.IsBold)
            look.Append(new Bold());
        if (r.IsItalic)
            look.Append(new Italic());
        return Run(r.Text, look.HasChildren ? look : null);
    });

    /// <summary>A field with the result that is shown until Word computes it anew.</summary>
    public static IEnumerable<Run> Field(string instruction, string result) =>
    [
        new Run(new FieldChar { FieldCharType = FieldCharValues.Begin }),
        new Run(new FieldCode($" {instruction} ") { Space = SpaceProcessingModeValues.Preserve }),
        new Run(new FieldChar { FieldCharType = FieldCharValues.Separate }),
        Run(result),
        new Run(new FieldChar { FieldCharType = FieldCharValues.End }),
    ];

    /// <summary>"Tabell 3. Title": numbered by Word itself, so that a moved table takes its right number.</summary>
    public static Paragraph Caption(string label, int number, string title, string anchor, int bookmarkId)
    {
        var id = bookmarkId.ToString(CultureInfo.InvariantCulture);
        var caption = Paragraph(WordStyles.Caption, new BookmarkStart { Id = id, Name = anchor }, Run(label + Swedish.NoBreakSpace));
        caption.Append(Field($"SEQ {label} \\* ARABIC", number.ToString(CultureInfo.InvariantCulture)));
        caption.Append(new BookmarkEnd { Id = id }, Run(". " + title));
        return caption;
    }

    /// <summary>Notes and source in small letters; all but the last keep with the next.</summary>
    public static IEnumerable<Paragraph> Notes(IReadOnlyList<string> notes, string source)
    {
        var lines = notes.Append(source).ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            var paragraph = Paragraph(WordStyles.Note, Run(lines[i]));
            paragraph.ParagraphProperties!.SpacingBetweenLines = i switch
            {
                _ when i == 0 && i == lines.Count - 1 => new SpacingBetweenLines { Before = "100", After = "300" },
                0 => new SpacingBetweenLines { Before = "100" },
                _ when i == lines.Count - 1 => new SpacingBetweenLines { After = "300" },
                _ => null,
            };
            if (i < lines.Count - 1)
                paragraph.ParagraphProperties.KeepNext = new KeepNext();
            yield return paragraph;
        }
    }

    /// <summary>
    /// A content control that shows what to write: one click marks all of it, typing replaces it and the control and
    /// its shade are gone.
    /// </summary>
    public static SdtBlock Placeholder(string instruction, int number) => new(
        new SdtProperties(
            new SdtAlias { Val = "Förbundets egen text" },
            new Tag { Val = $"egen_text_{number}" },
            new SdtId { Val = 40000 + number },
            new TemporarySdt(),
            new ShowingPlaceholder()),
        new SdtContentBlock(Paragraph(
            style: null,
            Run($"[Förbundets egen text: {instruction}]", new RunProperties(new RunStyle { Val = WordStyles.Placeholder })))));
}
