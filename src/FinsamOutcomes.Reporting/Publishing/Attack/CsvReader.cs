using System.Text;

namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>A table as text with semicolons: headings, rows, an empty line, then what the table is, a heading and a value on each line.</summary>
internal static class CsvReader
{
    public static PrintedDocument Read(string name, string text)
    {
        var rows = Rows(text);
        var end = rows.FindIndex(r => r.TrueForAll(f => f.Length == 0));
        var about = end < 0 ? [] : rows.Skip(end + 1).Where(r => r.Count > 1).ToList();
        var table = end < 0 ? rows : rows[..end];
        var texts = about.ConvertAll(r => new PrintedText(name, "", string.Join(' ', r)));
        if (table.Count < 2)
            return new(name, [], texts);
        var definition = Of("Definition av positivt avslut") is { Length: > 0 } said ? $" · positivt avslut: {said.Split('.')[0]}" : "";
        return new(
            name,
            [
                new(
                    name,
                    Of("Tabell") ?? Path.GetFileNameWithoutExtension(name),
                    (Of("Underrubrik") ?? "") + definition,
                    "",
                    [.. table[0].Select(h => h.Replace(" (%)", "", StringComparison.Ordinal))],
                    [.. table.Skip(1).Select(r => (IReadOnlyList<PrintedCell>)r.Select((f, i) => Cell(f, i < table[0].Count ? table[0][i] : "")).ToList())],
                    [.. about.Where(r => r[0] == "Anmärkning").Select(r => r[1])]),
            ],
            texts);

        string? Of(string head) => about.Find(r => r[0] == head)?[1];
    }

    private static PrintedCell Cell(string field, string header) =>
        PrintedCell.Of(header.EndsWith("(%)", StringComparison.Ordinal) && PrintedNumber.Read(field).Kind == PrintedKind.Number ? field + " %" : field);

    private static List<List<string>> Rows(string text)
    {
        var rows = new List<List<string>> { new() };
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isQuoted)
            {
                if (c != '"')
                    field.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    field.Append(text[i++]);
                else
                    isQuoted = false;
            }
            else if (c == '"')
            {
                isQuoted = true;
            }
            else if (c is ';' or '\n')
            {
                rows[^1].Add(field.ToString());
                field.Clear();
                if (c == '\n')
                    rows.Add([]);
            }
            else if (c != '\r')
            {
                field.Append(c);
            }
        }

        rows[^1].Add(field.ToString());
        return rows;
    }
}
