using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CsvHelper;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// The rows of an import file, one at a time, with the fields asked for by the column's place in the format. A field that
/// breaks a rule is reported and read as missing; <see cref="IsRowValid"/> then says that the row can't be used.
/// </summary>
internal sealed class ImportRows : IDisposable
{
    private const int ShownLength = 40;
    private const int ShortList = 8;
    private const int MaxRecordBytes = 1 << 20;

    private readonly CsvReader _csv;
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
        _csv = CsvReader.Create(source.Stream, new CsvReaderOptions
        {
            // With the hint left to the reader, it skips that line itself.
            Separator = source.HasSeparatorLine ? null : source.Separator,
            Encoding = source.Encoding,
            IncludeValuesInExceptions = false,
            TrackLineNumbers = true,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            MaxRecordSize = MaxRecordBytes,

            // The row of the headings is ours to find.
            HasHeader = false,
            AllowLineBreaksInQuotes = true,
            OnMalformedRecord = r => _problems.Add(ImportRule.Quotes, _source.RowOf((int)r.LineNumber), "", "Citattecknen på raden går inte ihop."),
            BufferSize = 1 << 18,
        }, leaveOpen: true);
    }

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

    /// <summary>Reads the header; false when the rows below it can't be understood.</summary>
    public bool ReadHeader()
    {
        if (ReadNames() is not { } names)
            return false;
        _fieldCount = names.Length;
        while (_fieldCount > 0 && names[_fieldCount - 1].Trim().Length == 0)
            _fieldCount--;
        Headings = names[.._fieldCount];
        if (_source.OtherSheets.Count > 0)
            _problems.Add(
                ImportRule.OtherSheets,
                $"Bladet ”{Shown(_source.Sheet!)}” läses. Arbetsboken har också {Listed([.. _source.OtherSheets.Take(5).Select(s => $"”{Shown(s)}”")])}.");
        var unknown = Recognise(names);
        var missing = _format.Columns.Where((c, i) => _fields[i] < 0).ToList();
        if (missing.Exists(c => c.IsRequired) && OtherFormat(names) is { } other)
        {
            _problems.Add(ImportRule.OtherKind, HeadingsOn, "", $"Filen har kolumnerna för {other.Name}, inte för {_format.Name}.");
            return false;
        }

        if (_format.Kind == ImportKind.Sjalvskattning && unknown.Count > 0 && _format.Columns.Where(c => c.IsRequired && c.Name is not ("fraga" or "varde"))
                .All(c => !missing.Contains(c)) && missing.Exists(c => c.Name == "fraga") && missing.Exists(c => c.Name == "varde"))
        {
            // One row for each person and occasion: what isn't known is a question.
            _questions.AddRange(unknown);
            unknown.Clear();
            missing.RemoveAll(c => c.Name is "fraga" or "varde");
        }

        if (unknown.Count == _fieldCount)
        {
            var found = FindHeadings();
            _problems.Add(
                ImportRule.HeaderMissing,
                HeadingsOn,
                "",
                found > 0
                    ? $"Rad {HeadingsOn} har inga kända kolumnnamn, men rad {found} har det."
                    : $"{(HeadingsOn <= 1 ? "Första raden" : $"Rad {HeadingsOn}")} har inga kända kolumnnamn.");
            return false;
        }

        foreach (var (field, name) in unknown)
        {
            // By letter in the report without values: where the header is missing, a name may stand here.
            var hint = Data.Nearest.Of(name, missing.Select(c => c.Name)) is { } nearest ? $" Menar du {nearest}?" : "";
            _problems.Add(
                ImportRule.ColumnUnknown,
                HeadingsOn,
                "",
                $"Kolumn {Letter(field)} ”{Shown(name)}” är okänd.{hint}",
                $"Kolumn {Letter(field)} har ett okänt namn.{hint}");
        }

        foreach (var column in missing.Where(c => c.IsRequired))
            _problems.Add(ImportRule.ColumnMissing, HeadingsOn, column.Name, $"Kolumnen {column.Name} saknas.");

        // Without a column that every row needs, each row would only repeat the same error.
        return !missing.Exists(c => c.IsRequired);
    }

    private string[]? ReadNames()
    {
        try
        {
            do
            {
                if (!_csv.Read())
                {
                    _problems.Add(ImportRule.HeaderMissing, $"Filen har ingen rad {_options.HeadingsOn}.");
                    return null;
                }

                HeadingsOn = _source.RowOf((int)_csv.LineNumber);
            }
            while (HeadingsOn < (_options.HeadingsOn ?? 0));
        }
        catch (CsvFormatException)
        {
            _problems.Add(ImportRule.RowTooLong, 1, "", "Rubrikraden är längre än 1 MB.");
            return null;
        }

        return [.. Enumerable.Range(0, _csv.FieldCount).Select(i => Encoding.UTF8.GetString(_csv.GetSpan(i)).ReplaceLineEndings(" "))];
    }

    // Which field each column of the format has; what is neither a column nor left out is returned.
    private List<(int Field, string Name)> Recognise(string[] names)
    {
        var known = CodeLookup.Of([.. _format.Columns.Select(c => c.Name)]);
        var unknown = new List<(int Field, string Name)>();
        for (var i = 0; i < _fieldCount; i++)
        {
            var name = names[i];
            if (_options.Map?.Find(name) is { } mapped)
            {
                if (mapped.Field is null)
                    continue;
                name = mapped.Field;
            }

            var column = known.Find(name);
            if (column < 0)
            {
                var key = CodeLookup.Key(name);
                if (
                    _format.Kind == ImportKind.Instrument
                    && key.StartsWith(ImportFormat.LanguagePrefix, StringComparison.Ordinal)
                    && key is not "text_sv"
                    && key.Length is 7 or 8
                    && key.AsSpan(5).IndexOfAnyExceptInRange('a', 'z') < 0)
                    _languages.Add((i, key[5..]));
                else if (name.Trim().Length > 0 || _options.Map is null)
                    unknown.Add((i, name));
            }
            else if (_fields[column] >= 0)
            {
                _problems.Add(
                    ImportRule.ColumnTwice,
                    HeadingsOn,
                    _format.Columns[column].Name,
                    $"Kolumnen {_format.Columns[column].Name} finns två gånger, i {Letter(_fields[column])} och {Letter(i)}.");
            }
            else
            {
                _fields[column] = i;
            }
        }

        foreach (var language in _languages.GroupBy(l => l.Language, StringComparer.Ordinal).Where(g => g.Count() > 1))
            _problems.Add(
                ImportRule.ColumnTwice,
                HeadingsOn,
                ImportFormat.LanguagePrefix + language.Key,
                $"Kolumnen {ImportFormat.LanguagePrefix}{language.Key} finns två gånger.");
        return unknown;
    }

    // Where the headings stand, when titles lie above them; 0 when they aren't near.
    private int FindHeadings()
    {
        var known = CodeLookup.Of([.. _format.Columns.Select(c => c.Name)]);
        try
        {
            for (var rows = 0; rows < 20 && _csv.Read(); rows++)
            {
                var found = 0;
                for (var i = 0; i < _csv.FieldCount; i++)
                {
                    var name = Encoding.UTF8.GetString(_csv.GetSpan(i));
                    found += known.Find(_options.Map?.Find(name)?.Field ?? name) >= 0 ? 1 : 0;
                }

                if (found >= 2)
                    return _source.RowOf((int)_csv.LineNumber);
            }
        }
        catch (CsvFormatException)
        {
            return 0;
        }

        return 0;
    }

    /// <summary>The other format whose needed columns are all here.</summary>
    private ImportFormat? OtherFormat(string[] names)
    {
        var keys = names.Select(CodeLookup.Key).ToHashSet(StringComparer.Ordinal);
        return ImportFormat.All.FirstOrDefault(f => f != _format && f.Columns.Where(c => c.IsRequired).All(c => keys.Contains(c.Name)));
    }

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

            if (_csv.IsEmpty(0) && IsEmpty())
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

    /// <summary>The field as UTF-8, without surrounding spaces; empty when the column isn't in the file.</summary>
    public ReadOnlySpan<byte> Raw(int column)
    {
        var field = _fields[column];
        var raw = field < 0 ? default : _csv.GetSpan(field);
        return _maps?[column] is { } map && map.Find(raw) is { } code ? code : raw;
    }

    /// <summary>A field by its place in the file.</summary>
    public ReadOnlySpan<byte> RawField(int field) => _csv.GetSpan(field);

    /// <summary>A text, or null when the field is empty or can't be used.</summary>
    public string? Text(int column, int maxLength, bool isRequired = false) =>
        Text(Raw(column), _format.Columns[column].Name, maxLength, isRequired, _format.Kind == ImportKind.Instrument ? TextForm.Lines : TextForm.Line);

    /// <summary>The text in another language, or null.</summary>
    public string? TextIn(string language, int maxLength)
    {
        var (field, _) = _languages.Find(l => l.Language == language);
        return Text(_csv.GetSpan(field), ImportFormat.LanguagePrefix + language, maxLength, isRequired: false, TextForm.AnyDirection);
    }

    /// <summary>The position of a code in the list; -1 when the field is empty, -2 when the code is unknown.</summary>
    public int Code(int column, CodeLookup codes, bool isRequired = false, ImportRule? rule = null)
    {
        var raw = Raw(column);
        if (!raw.IsEmpty)
            return Code(raw, Name(column), codes, rule);
        if (isRequired)
            Add(ImportRule.Required, column, $"{Name(column)} är tomt.");
        return -1;
    }

    /// <summary>The position in the list of what stands in a field; -2 when the code is unknown.</summary>
    public int Code(ReadOnlySpan<byte> raw, string column, CodeLookup codes, ImportRule? rule)
    {
        var found = codes.Find(FormulaGuard.Open(raw));
        if (found >= 0)
            return found;
        if (IsPersonalNumber(raw, column))
            return -2;
        var word = Encoding.UTF8.GetString(FormulaGuard.Open(raw));
        if (CellErrors.Is(raw))
        {
            _problems.Add(ImportRule.CellError, Line, column, $"{column} är {word}, inte ett värde.", $"{column} är ett fel ur ett kalkylprogram, inte ett värde.");
            return -2;
        }

        var hint =
            (codes.Nearest(word) is { } nearest ? $" Menar du {Shown(nearest)}?" : "")
            + (codes.Words.Count is > 0 and <= ShortList ? $" Tillåtna värden: {string.Join(", ", codes.Words.Select(Shown))}." : "");
        _problems.Add(
            rule ?? ImportRule.CodeUnknown,
            Line,
            column,
            $"{column} har det okända värdet ”{Shown(word)}”.{hint}",
            $"{column} har ett okänt värde.{hint}",
            word,
            codes.Words);
        return -2;
    }

    /// <summary>A date as its day number; 0 when the field is empty, -1 when it is no date.</summary>
    public int Date(int column, bool isRequired = false)
    {
        var raw = Raw(column);
        if (raw.IsEmpty)
        {
            if (isRequired)
                Add(ImportRule.Required, column, $"{Name(column)} är tomt.");
            return 0;
        }

        if (raw.Length == 10 && raw[4] == '-' && raw[7] == '-'
            && Digits(raw[..4], out var year) && Digits(raw.Slice(5, 2), out var month) && Digits(raw[8..], out var day))
        {
            if (year is >= 1990 and <= 2059 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month))
                return new DateOnly(year, month, day).DayNumber;
            if (year is < 1990 or > 2059)
                Add(
                    ImportRule.DateOutside,
                    column,
                    $"{Name(column)} är {Encoding.UTF8.GetString(raw)}, utanför 1990–2059.",
                    $"{Name(column)} ligger utanför 1990–2059.");
            else
                Add(
                    ImportRule.DateNotInCalendar,
                    column,
                    $"{Name(column)} är {Encoding.UTF8.GetString(raw)}, som inte finns i kalendern.",
                    $"{Name(column)} finns inte i kalendern.");
            return -1;
        }

        if (IsPersonalNumber(raw, Name(column)))
            return -1;
        return WrittenDate(column, Encoding.UTF8.GetString(raw));
    }

    // Any other way to write it, as on the pages. What is guessed is warned of: nobody else sees the file.
    private int WrittenDate(int column, string text)
    {
        var (read, name) = (SwedishDate.Read(text), Name(column));
        var isDayNumber = read.Fault == DateFault.DayNumber;
        if (read.Fault == DateFault.None || (isDayNumber && _options.ReadDayNumbers))
        {
            if (read.Date.Year is < 1990 or > 2059)
            {
                Add(ImportRule.DateOutside, column, $"{name} är {read.Date:yyyy-MM-dd}, utanför 1990–2059.", $"{name} ligger utanför 1990–2059.");
                return -1;
            }

            if (read.MayBeSwapped || read.HasShortYear)
                Add(
                    read.MayBeSwapped ? ImportRule.DateDayFirst : ImportRule.DateTwoDigitYear,
                    column,
                    $"{name} är ”{Shown(text)}”, och läses som {read.Date:yyyy-MM-dd}.",
                    $"{name} läses med {(read.MayBeSwapped ? "dagen före månaden" : "två siffror för året, först")}.");
            return read.Date.DayNumber;
        }

        var (rule, message, withoutValues) = read.Fault switch
        {
            DateFault.DayNumber => (
                ImportRule.DateDayNumber,
                $"{name} är {Shown(text)}, ett kalkylprograms nummer för {read.Date:yyyy-MM-dd}.",
                $"{name} är ett kalkylprograms nummer för en dag."),
            DateFault.MonthFirst => (ImportRule.DateMonthFirst, $"{name} är ”{Shown(text)}”, med månaden före dagen.", $"{name} har månaden före dagen."),
            DateFault.NotInCalendar => (
                ImportRule.DateNotInCalendar,
                $"{name} är {Shown(text)}, som inte finns i kalendern.",
                $"{name} finns inte i kalendern."),
            _ => (ImportRule.DateInvalid, $"{name} är ”{Shown(text)}”, som inte går att läsa som ett datum.", $"{name} går inte att läsa som ett datum."),
        };
        Add(rule, column, message, withoutValues, text);
        return -1;
    }

    /// <summary>A number with decimal comma or point, as scales are kept; null when the field is empty or can't be used.</summary>
    public double? Number(int column, bool isRequired = false)
    {
        var raw = Raw(column);
        if (raw.IsEmpty)
        {
            if (isRequired)
                Add(ImportRule.Required, column, $"{Name(column)} är tomt.");
            return null;
        }

        if (TryNumber(raw, out var number))
            return IsKept(Name(column), number) ? number : null;
        if (!IsPersonalNumber(raw, Name(column)))
            Add(ImportRule.NumberInvalid, column, $"{Name(column)} är inte ett tal.");
        return null;
    }

    /// <summary>Reports a number that scales and answers can't keep whole: the database has five figures and four decimals for them.</summary>
    public bool IsKept(string column, double number)
    {
        if (Math.Abs(number) < 100_000 && Math.Round(number, 4).Equals(number))
            return true;
        _problems.Add(ImportRule.NumberOutside, Line, column, $"{column} ska ha högst fyra decimaler och högst fem siffror före decimalkommat.");
        return false;
    }

    /// <summary>
    /// A whole number within bounds; null when the field is empty or can't be used. A value that another rule refuses may
    /// lie above <paramref name="toldMax"/>.
    /// </summary>
    public int? WholeNumber(int column, int min, int max, bool isRequired = false, ImportRule? rule = null, int? toldMax = null)
    {
        var raw = Raw(column);
        if (raw.IsEmpty)
        {
            if (isRequired)
                Add(ImportRule.Required, column, $"{Name(column)} är tomt.");
            return null;
        }

        if (TryWhole(raw, max == 100, out var number))
        {
            if (number >= min && number <= max)
                return number;
            if (!IsPersonalNumber(raw, Name(column)))
                Add(
                    rule ?? ImportRule.NumberOutside,
                    column,
                    $"{Name(column)} är {number} men ska ligga mellan {min} och {toldMax ?? max}.",
                    $"{Name(column)} ska ligga mellan {min} och {toldMax ?? max}.");
            return null;
        }

        if (!IsPersonalNumber(raw, Name(column)))
            Add(
                CellErrors.Is(raw) ? ImportRule.CellError : rule ?? ImportRule.NumberInvalid,
                column,
                HasManyDigits(raw) ? $"{Name(column)} är inte ett heltal." : $"{Name(column)} är ”{Shown(Encoding.UTF8.GetString(raw))}”, inte ett heltal.",
                $"{Name(column)} är inte ett heltal.");
        return null;
    }

    // What may be a misspelt personal number is never repeated.
    private static bool HasManyDigits(ReadOnlySpan<byte> raw)
    {
        var digits = 0;
        foreach (var b in raw)
            digits += b is >= (byte)'0' and <= (byte)'9' ? 1 : 0;
        return digits > 6;
    }

    // Also 1990,0 and 1 200 as spreadsheets write them, and 50 % where per cent is meant; never a part of a whole number.
    private static bool TryWhole(ReadOnlySpan<byte> raw, bool isPercent, out int number)
    {
        if (Utf8Parser.TryParse(raw, out number, out var used) && used == raw.Length)
            return true;
        if (raw.Length > 24)
            return false;
        var text = Encoding.UTF8.GetString(raw);
        if (isPercent && text.EndsWith('%'))
            text = text[..^1].TrimEnd();
        var comma = text.AsSpan().IndexOfAny(',', '.');
        if (comma > 0 && text.AsSpan(comma + 1) is { Length: > 0 } rest && (text[comma] == ',' || rest.Length != 3) && !rest.ContainsAnyExcept('0'))
            text = text[..comma];
        var parts = text.Split(' ', '\u00A0', '\u202F');
        if (parts.Length > 1 && (parts[0].Length > 3 || parts.Skip(1).Any(p => p.Length != 3)))
            return false;
        return int.TryParse(string.Concat(parts), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    public static bool TryNumber(ReadOnlySpan<byte> raw, out double number)
    {
        number = 0;
        if (raw.Length is 0 or > 24)
            return false;
        Span<char> text = stackalloc char[raw.Length];
        var length = Encoding.UTF8.GetChars(raw, text);
        text[..length].Replace(',', '.');
        text[..length].Replace('\u2212', '-');
        return double.TryParse(text[..length], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

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

    private string? Text(ReadOnlySpan<byte> raw, string column, int maxLength, bool isRequired, TextForm form)
    {
        if (raw.IsEmpty)
        {
            if (isRequired)
                _problems.Add(ImportRule.Required, Line, column, $"{column} är tomt.");
            return null;
        }

        if (IsPersonalNumber(raw, column))
            return null;
        if (CellErrors.Is(raw))
        {
            _problems.Add(ImportRule.CellError, Line, column, $"{column} är ett fel ur ett kalkylprogram, inte ett värde.");
            return null;
        }

        var text = Encoding.UTF8.GetString(FormulaGuard.Open(raw));
        if (ForbiddenSigns.In(text, form) is { } sign)
        {
            _problems.Add(ImportRule.ForbiddenSign, Line, column, $"{column} innehåller {sign}.");
            return null;
        }

        text = text.Normalize();
        if (text.Length <= maxLength)
            return text;
        _problems.Add(ImportRule.TooLong, Line, column, $"{column} har {text.Length} tecken men får ha högst {maxLength}.");
        return null;
    }

    private bool IsPersonalNumber(ReadOnlySpan<byte> raw, string column)
    {
        if (!PersonalNumber.IsIn(raw))
            return false;
        _problems.Add(ImportRule.PersonalNumber, Line, column, $"{column} innehåller något som ser ut som ett personnummer.");
        return true;
    }

    private bool IsPaddedTo(int count)
    {
        if (_csv.FieldCount < count)
            return false;
        for (var i = count; i < _csv.FieldCount; i++)
        {
            if (!_csv.IsEmpty(i))
                return false;
        }

        return true;
    }

    private bool IsEmpty()
    {
        for (var i = 0; i < _csv.FieldCount; i++)
        {
            if (!_csv.IsEmpty(i))
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

    private static bool Digits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var b in text)
        {
            if (b is < (byte)'0' or > (byte)'9')
                return false;
            number = (number * 10) + b - '0';
        }

        return true;
    }
}
