using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace FinsamOutcomes.Reporting.Documents.Word;

/// <summary>
/// The table of contents: Word's own field, filled in beforehand. Word shows what is filled in until someone updates
/// the field; asking it to update on opening would meet the reader with a warning.
/// </summary>
internal static class WordContents
{
    public static SdtBlock Of(DocumentOutline outline, IReadOnlyDictionary<string, int> pages)
    {
        var deepest = outline.Contents.Count(h => h.Level <= 2) > 34 ? 1 : 2;
        var entries = outline.Contents.Where(h => h.Level <= deepest).ToList();
        var content = new SdtContentBlock(WordText.Paragraph(WordStyles.ContentsHeading, WordText.Run("Innehåll")));
        foreach (var (entry, i) in entries.Select((e, i) => (e, i)))
        {
            var paragraph = WordText.Paragraph(WordStyles.Contents(entry.Level));
            if (i == 0)
            {
                paragraph.Append(
                    new Run(new FieldChar { FieldCharType = FieldCharValues.Begin }),
                    new Run(new FieldCode($" TOC \\o \"1-{deepest}\" \\h \\z \\u ") { Space = SpaceProcessingModeValues.Preserve }),
                    new Run(new FieldChar { FieldCharType = FieldCharValues.Separate }));
            }
            var link = new Hyperlink(WordText.Run(entry.Text), new Run(new TabChar())) { Anchor = entry.Anchor, History = true };
            link.Append(WordText.Field($"PAGEREF {entry.Anchor} \\h", pages[entry.Anchor].ToString(CultureInfo.InvariantCulture)));
            paragraph.Append(link);
            if (i == entries.Count - 1)
                paragraph.Append(new Run(new FieldChar { FieldCharType = FieldCharValues.End }));
            content.Append(paragraph);
        }
        return new SdtBlock(
            new SdtProperties(
                new SdtId { Val = 39999 },
                new SdtContentDocPartObject(new DocPartGallery { Val = "Table of Contents" }, new DocPartUnique())),
            content);
    }
}
