using System.Globalization;
using System.Text;
using CsvHelper;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// The rows of an import file, one at a time, with the fields asked for by the column's place in the format. A field that
/// breaks a rule is reported and read as missing; <see cref="IsRowValid"/> then says that the row can't be used.
/// </summary>
internal sealed partial class ImportRows : IDisposable
{
    private const int ShownLength = 40;
    private const int ShortList = 8;
    private const int MaxRecordBytes = 1 << 20;

    private CsvReader _csv;
    private readonly ImportFormat _format;
    private readonly CsvSource _source;
    private readonly ImportOptions _options;
    private readonly ValueMap?[]? _maps;
    private readonly List<(int Field, string Name)> _questions = [];
    private readonly ImportProblems _problems;
    private readonly bool _checkControl;
    private readonly int[] _fields;
    private readonly List<(int Field, string Language)> _languages = [];
    private int _fieldCount;
    private int _errorsBefore;

    public ImportRows(CsvSource source, ImportFormat format, ImportOptions options, ImportProblems problems)
    {
        (_source, _options) = (source, options);
        _maps = options.Map?.ValuesOf(format);
        _format = format;
        _problems = problems;
        _checkControl = source.HasControlCharacters;
        _fields = [.. Enumerable.Repeat(-1, format.Columns.Count)];
        _csv = Open(isLookedAt: options.HeaderRow is null && options.Map?.HeaderRow is not null);
    }

    private CsvReader Open(bool isLookedAt) => CsvReader.Create(_source.Stream, new CsvReaderOptions
    {
        // With the hint left to the reader, it skips that line itself.
        Separator = _source.HasSeparatorLine ? null : _source.Separator,
        Encoding = _source.Encoding,
        IncludeValuesInExceptions = false,
        TrackLineNumbers = true,
        TrimWhitespace = true,
        TrimInsideQuotes = true,
        MaxRecordSize = MaxRecordBytes,

        // The row of the headings is ours to find.
        HasHeader = false,
        AllowLineBreaksInQuotes = true,
        OnMalformedRecord = r =>
        {
            if (!isLookedAt)
                _problems.Add(ImportRule.Quotes, _source.RowOf((int)r.LineNumber), "", "Citattecknen på raden går inte ihop.");
        },
        BufferSize = 1 << 18,
    }, leaveOpen: true);

    /// <summary>Data rows read so far, without empty ones.</summary>
    public int Count { get; private set; }

    /// <summary>The file's line where the row starts; the header is line 1.</summary>
    public int Line { get; private set; }

    /// <summary>No rule has been broken on this row so far; warnings aside.</summary>
    public bool IsRowValid => _problems.Errors == _errorsBefore;

    /// <summary>Bytes read, for the progress bar.</summary>
    public long Position => _csv.ByteOffset;

    /// <summary>The languages of the extra text columns of an instrument file.</summary>
    public IEnumerable<string> Languages => _languages.Select(l => l.Language);

    /// <summary>
    /// Of self-assessments in wide form (a row for each person and occasion), the columns that are questions, by their heading;
    /// empty when each answer has its own row.
    /// </summary>
    public IReadOnlyList<(int Field, string Name)> Questions => _questions;

    /// <summary>The file's headings with the letter of their column, as they stand; empty until they have been read.</summary>
    public IReadOnlyList<string> Headings { get; private set; } = [];

    /// <summary>The row they stand on.</summary>
    public int HeadingsOn { get; private set; }

    /// <summary>Excel's letter for a column, 0 for A.</summary>
    public static string Letter(int field) => field < 26 ? ((char)('A' + field)).ToString() : Letter((field / 26) - 1) + (char)('A' + (field % 26));

    /// <summary>Words one after the other, as a sentence has them: <c>kvinna, man eller okant</c>.</summary>
    public static string Listed(IReadOnlyList<string> words, string last = "och") =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} {last} {words[^1]}";

    /// <summary>Moves to the next row that can be read; false at the end of the file.</summary>
    public bool Next()
    {
        while (true)
        {
            try
            {
                if (!_csv.Read())
                    return false;
            }
            catch (CsvFormatException e)
            {
                _problems.Add(ImportRule.RowTooLong, _source.RowOf((int)e.LineNumber), "", "Raden är längre än 1 MB. Resten av filen är inte läst.");
                return false;
            }

            Line = _source.RowOf((int)_csv.LineNumber);
            _errorsBefore = _problems.Errors;
            if (_csv.FieldCount > _fieldCount && !IsPaddedTo(_fieldCount))
            {
                if (IsEmpty())
                    continue;
                Count++;
                _problems.Add(ImportRule.FieldCount, Line, "", $"Raden har {_csv.FieldCount} fält men rubrikraden {_fieldCount}.");
                continue;
            }

            if (IsEmpty(0) && IsEmpty())
                continue;
            Count++;

            // Fields that are left out at the end of a row are empty, as Outlook and older Excel write them.
            if ((_checkControl && HasControlCharacter()) || HasLineBreak() || IsSumRow())
                continue;
            return true;
        }
    }

    // The text of a question may run over several lines. Elsewhere one lost quote has swallowed rows, or a cell has a break.
    private bool HasLineBreak()
    {
        if (_format.Kind == ImportKind.Instrument || !_csv.RawRecord.ContainsAny((byte)'\n', (byte)'\r'))
            return false;
        var found = false;
        for (var column = 0; column < _fields.Length; column++)
        {
            if (_fields[column] < 0 || !_csv.GetSpan(_fields[column]).ContainsAny((byte)'\n', (byte)'\r'))
                continue;
            _problems.Add(ImportRule.LineBreak, Line, Name(column), $"{Name(column)} har en radbrytning i fältet.");
            found = true;
        }

        return found;
    }

    // What a spreadsheet sums up below its rows, under the code or name of a row.
    private bool IsSumRow()
    {
        var raw = Raw(0);
        if (raw.Length is < 4 or > 40 || (raw[0] | 0x20) is not ((byte)'s' or (byte)'t' or (byte)'a'))
            return false;
        var word = CodeLookup.Key(Encoding.UTF8.GetString(raw)).TrimEnd(':');
        if (!(word is "summa" or "totalt" or "total" or "antal" or "summa_totalt") && !word.StartsWith("antal_", StringComparison.Ordinal)
            && !word.StartsWith("summa_", StringComparison.Ordinal))
            return false;

        // Somebody may call a person or an insats so: then the rest of the row is filled in.
        var filled = 0;
        for (var column = 1; column < _format.Columns.Count; column++)
            filled += _format.Columns[column].IsRequired && !Raw(column).IsEmpty ? 1 : 0;
        if (filled > 2)
            return false;
        _problems.Add(ImportRule.SumRow, Line, Name(0), "Raden ser ut som en summa.");
        return true;
    }

    public bool Has(int column) => _fields[column] >= 0;

    /// <summary>
    /// The field as UTF-8, without surrounding spaces and what can't be seen; empty when the column isn't in the file.
    /// </summary>
    public ReadOnlySpan<byte> Raw(int column)
    {
        var field = _fields[column];
        var raw = field < 0 ? default : RawField(field);
        return Mapped(column, raw);
    }

    /// <summary>What the förbund has said that a word stands for in a column, empty where it says nothing; the word itself where it hasn't said.</summary>
    public ReadOnlySpan<byte> Mapped(int column, ReadOnlySpan<byte> word) => _maps?[column] is { } map && map.Find(word) is { } code ? code : word;

    /// <summary>A field by its place in the file.</summary>
    public ReadOnlySpan<byte> RawField(int field) => NormalForm.Written(_csv.GetSpan(field));

    private bool IsEmpty(int field) => _csv.IsEmpty(field) || RawField(field).IsEmpty;

    /// <param name="rule">Which rule the field breaks.</param>
    /// <param name="column">The column's place in the format; negative for the row as a whole.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="withoutValues">The same without what the file or the register says; null when the message says nothing of it.</param>
    /// <param name="value">What stands in the field, when that is what is wrong.</param>
    /// <param name="allowed">What may stand there instead.</param>
    public void Add(ImportRule rule, int column, string message, string? withoutValues = null, string? value = null, IReadOnlyList<string>? allowed = null) =>
        _problems.Add(rule, Line, column < 0 ? "" : Name(column), message, withoutValues, value, allowed);

    public string Name(int column) => _format.Columns[column].Name;

    /// <summary>What may be printed of a value from the file: short and without control characters.</summary>
    public static string Shown(string value)
    {
        var shown = new StringBuilder(Math.Min(value.Length, ShownLength) + 1);
        foreach (var sign in value.EnumerateRunes())
        {
            if (shown.Length + sign.Utf16SequenceLength > ShownLength)
                return shown.Append('…').ToString();
            if (
                Rune.GetUnicodeCategory(sign)
                is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
                shown.Append(sign);
        }

        return shown.ToString();
    }

    public void Dispose() => _csv.Dispose();

    private bool IsPaddedTo(int count)
    {
        if (_csv.FieldCount < count)
            return false;
        for (var i = count; i < _csv.FieldCount; i++)
        {
            if (!IsEmpty(i))
                return false;
        }

        return true;
    }

    private bool IsEmpty()
    {
        for (var i = 0; i < _csv.FieldCount; i++)
        {
            if (!IsEmpty(i))
                return false;
        }

        return true;
    }

    private bool HasControlCharacter()
    {
        var found = false;
        for (var i = 0; i < _fieldCount; i++)
        {
            foreach (var b in _csv.GetSpan(i))
            {
                if (b is >= 32 and not 127 or (byte)'\n' or (byte)'\r' || (b == '\t' && _format.Kind == ImportKind.Instrument))
                    continue;
                var column = Array.IndexOf(_fields, i);
                _problems.Add(ImportRule.ControlCharacter, Line, column < 0 ? "" : Name(column), "Fältet innehåller ett styrtecken.");
                found = true;
                break;
            }
        }

        return found;
    }
}
