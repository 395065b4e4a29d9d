using DocumentFormat.OpenXml.Wordprocessing;

namespace FinsamOutcomes.Reporting.Documents.Word;

/// <summary>The parts around a Word text: settings and bullets.</summary>
internal static class WordParts
{
    public static Settings Settings() => new(
        new Zoom { Percent = "100" },
        new AutoHyphenation { Val = true },
        new ConsecutiveHyphenLimit { Val = 2 },
        new CharacterSpacingControl { Val = CharacterSpacingValues.DoNotCompress },
        new Compatibility(
            new CompatibilitySetting { Name = CompatSettingNameValues.CompatibilityMode, Uri = "http://schemas.microsoft.com/office/word", Val = "15" }),
        new ThemeFontLanguages { Val = "sv-SE" },
        new DecimalSymbol { Val = "," },
        new ListSeparator { Val = ";" });

    public static Numbering Bullets() => new(
        new AbstractNum(
            new MultiLevelType { Val = MultiLevelValues.SingleLevel },
            new Level(
                new StartNumberingValue { Val = 1 },
                new NumberingFormat { Val = NumberFormatValues.Bullet },
                new LevelText { Val = "•" },
                new LevelJustification { Val = LevelJustificationValues.Left },
                new PreviousParagraphProperties(new Indentation { Left = "397", Hanging = "284" }))
            { LevelIndex = 0 })
        { AbstractNumberId = 1 },
        new NumberingInstance(new AbstractNumId { Val = 1 }) { NumberID = 1 });
}
