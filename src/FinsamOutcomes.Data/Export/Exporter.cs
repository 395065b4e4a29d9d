using System.Data.Common;
using System.Globalization;
using System.Text;
using CsvHelper;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Import;

namespace FinsamOutcomes.Data.Export;

/// <summary>
/// Writes the register in the form of the import files, row by row as the database gives them: what is exported can be
/// imported into an empty förbund and gives the same file again. Names and personal numbers are left out: in a file they would lie
/// open, and no page shows them to whoever runs this.
/// </summary>
/// <param name="database">The register.</param>
/// <param name="forbundId">Whose.</param>
/// <param name="actor">Who stands in the log; that the file was written is there before its first row.</param>
public sealed class Exporter(FinsamDatabase database, int forbundId, string actor = "finsam")
{
    private const int RowsBetweenChecks = 8192;
    private const int ValueColumn = 6;

    private static readonly NumberFormatInfo s_numbers = new() { NumberDecimalSeparator = "," };

    /// <summary>Writes one file (UTF-8 with BOM, semicolon, decimal comma) to a stream; returns how many rows it got.</summary>
    public async Task<int> ExportAsync(ImportKind kind, Stream output, CancellationToken cancellationToken = default)
    {
        await new ReadingJournal(database).NoteAsync(
            new NewAuditEvent
            {
                ForbundId = forbundId,
                Actor = actor,
                Action = $"Export.{kind}",
                Entity = "export",
            },
            cancellationToken);
        await using var session = await database.ReadAsync(cancellationToken);
        await database.Engine.PrepareForStreamingAsync(session.Connection, cancellationToken);
        await using var csv = CsvWriter.Create(
            output,
            new CsvWriterOptions
            {
                Separator = ';',
                WriteByteOrderMark = true,
                BufferSize = 1 << 18,
            },
            leaveOpen: true);
        IReadOnlyList<string> languages =
            kind == ImportKind.Instrument ? await session.QueryAsync<string>("Export.Languages", new { ForbundId = forbundId }, cancellationToken) : [];
        var format = ImportFormat.Of(kind);
        var columns = format.Columns.Where(c => !c.IsIdentity).ToList();
        csv.WriteHeader([.. columns.Select(c => c.Name), .. languages.Select(l => ImportFormat.LanguagePrefix + l)]);
        var texts = new List<IReadOnlyList<string?>>();
        foreach (var language in languages)
            texts.Add(await session.QueryAsync<string?>("Export.ItemTexts", new { ForbundId = forbundId, Language = language }, cancellationToken));

        var count = 0;
        await using (var reader = await session.ReaderAsync(QueryOf(kind), new { ForbundId = forbundId }, cancellationToken))
        {
            var row = database.Engine.TextReader(reader);
            var kinds = columns.ConvertAll(c => KindOf(kind, c.Name));
            while (await reader.ReadAsync(cancellationToken))
            {
                for (var i = 0; i < columns.Count; i++)
                {
                    // Of an answer without a value, the reason stands last in the query and in the value's place in the file.
                    var from = kind == ImportKind.Sjalvskattning && i == ValueColumn && reader.IsDBNull(i) ? columns.Count : i;
                    Write(csv, reader, row, from, from == i ? kinds[i] : FieldKind.Text);
                }

                foreach (var text in texts)
                    WriteText(csv, text[count] is { } body ? Encoding.UTF8.GetBytes(body) : default);
                csv.EndRecord();
                if (++count % RowsBetweenChecks == 0)
                    cancellationToken.ThrowIfCancellationRequested();
            }
        }

        await csv.FlushAsync(cancellationToken);
        return count;
    }

    private enum FieldKind
    {
        Text,

        /// <summary>With decimals.</summary>
        Number,

        /// <summary>Whole, and as it stands: a spreadsheet takes a sum with an apostrophe before its minus for a text.</summary>
        Kronor,
    }

    private static FieldKind KindOf(ImportKind kind, string column) => (kind, column) switch
    {
        (ImportKind.Instrument, "min" or "max" or "minsta_viktiga_forandring") => FieldKind.Number,
        (ImportKind.Sjalvskattning, "varde") or (ImportKind.Mal, "mal") => FieldKind.Number,
        (ImportKind.Medel, "kronor") or (ImportKind.Ekonomi, "budget" or "utfall") => FieldKind.Kronor,
        _ => FieldKind.Text,
    };

    private static void Write(CsvWriter csv, DbDataReader reader, RowText row, int column, FieldKind kind)
    {
        switch (kind)
        {
            case FieldKind.Number:
                csv.WriteField(reader.GetDouble(column), "0.############", s_numbers);
                break;
            case FieldKind.Kronor:
                csv.WriteField(row(column));
                break;
            default:
                WriteText(csv, row(column));
                break;
        }
    }

    private static void WriteText(CsvWriter csv, ReadOnlySpan<byte> text)
    {
        if (!FormulaGuard.IsNeeded(text))
        {
            csv.WriteField(text);
            return;
        }

        Span<byte> guarded = text.Length < 256 ? stackalloc byte[text.Length + 1] : new byte[text.Length + 1];
        guarded[0] = (byte)'\'';
        text.CopyTo(guarded[1..]);
        csv.WriteField(guarded);
    }

    // Whole names, so that a search for one finds where it is used.
    private static string QueryOf(ImportKind kind) => kind switch
    {
        ImportKind.Insatser => "Export.Insatser",
        ImportKind.Instrument => "Export.Instrument",
        ImportKind.Deltagare => "Export.Deltagare",
        ImportKind.Sjalvskattning => "Export.Sjalvskattning",
        ImportKind.Antal => "Export.Antal",
        ImportKind.Medel => "Export.Medel",
        ImportKind.Ekonomi => "Export.Ekonomi",
        ImportKind.Mal => "Export.Mal",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}
