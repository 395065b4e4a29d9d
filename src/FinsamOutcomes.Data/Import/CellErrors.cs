namespace FinsamOutcomes.Data.Import;

/// <summary>What a spreadsheet shows instead of a value it could not reckon out: never a value, in whatever column it stands.</summary>
internal static class CellErrors
{
    private static readonly HashSet<string> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        "#SAKNAS!", "#SAKNAS", "#REFERENS!", "#VÄRDEFEL!", "#DIVISION/0!", "#NAMN?", "#OGILTIGT!", "#SKÄRNING!", "#SPILL!", "#N/A", "#REF!", "#VALUE!",
        "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", Workbook.NotReckoned,
    };

    public static bool Is(ReadOnlySpan<byte> field) =>
        field is [(byte)'#', ..] && field.Length < 20 && s_words.Contains(System.Text.Encoding.UTF8.GetString(field));

    /// <summary>As Excel in Swedish shows it: workbooks keep the English words.</summary>
    public static string InSwedish(string error) => error switch
    {
        "#NULL!" => "#SKÄRNING!",
        "#DIV/0!" => "#DIVISION/0!",
        "#REF!" => "#REFERENS!",
        "#NAME?" => "#NAMN?",
        "#NUM!" => "#OGILTIGT!",
        "#N/A" => "#SAKNAS!",
        _ => "#VÄRDEFEL!",
    };
}
