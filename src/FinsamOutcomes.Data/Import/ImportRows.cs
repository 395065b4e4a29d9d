using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CsvHelper;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// The rows of an import file, one at a time, with the fields asked for by the column's place in the format. A field that
/// breaks a rule is reported and read as missing; <see cref="IsRowValid"/> then says that the row can't be used.
/// </summary>
internal sealed class ImportRows : IDisposable
{
    private const int ShownLength = 40;
    private const int MaxRecordBytes = 1 << 20;

    private readonly CsvReader _csv;
    private readonly ImportFormat _format;
    private readonly ImportOptions _options;
    private readonly ImportProblems _problems;
    private readonly bool _checkControl;
    private readonly int[] _fields;
    private readonly List<(int Field, string Language)> _languages = [];
    private int _fieldCount;
    private int _errorsBefore;

    public ImportRows(CsvSource source, ImportFormat format, ImportOptions options, ImportProblems problems)
    {
        _options = options;
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

            // Only the text of a question may run over several lines; elsewhere one lost quote would swallow the file.
            AllowLineBreaksInQuotes = format.Kind == ImportKind.Instrument,
            OnMalformedRecord = r => _problems.Add(ImportRule.Quotes, (int)r.LineNumber, "", "Citattecknen på raden går inte ihop."),
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

    /// <summary>Reads the header; false when the rows below it can't be understood.</summary>
    public bool ReadHeader()
    {
        try
        {
            _csv.ReadHeader();
        }
        catch (CsvFormatException)
        {
            _problems.Add(ImportRule.RowTooLong, 1, "", "Rubrikraden är längre än 1 MB.");
            return false;
        }

        var names = _csv.Headers!.ToArray();
        _fieldCount = names.Length;
        while (_fieldCount > 0 && names[_fieldCount - 1].Trim().Length == 0)
            _fieldCount--;
        var known = CodeLookup.Of([.. _format.Columns.Select(c => c.Name)]);
        var unknown = new List<(int Field, string Name)>();
        for (var i = 0; i < _fieldCount; i++)
        {
            var column = known.Find(names[i]);
            if (column < 0)
            {
                var key = CodeLookup.Key(names[i]);
                if (
                    _format.Kind == ImportKind.Instrument
                    && key.StartsWith(ImportFormat.LanguagePrefix, StringComparison.Ordinal)
                    && key is not "text_sv"
                    && key.Length is 7 or 8
                    && key.AsSpan(5).IndexOfAnyExceptInRange('a', 'z') < 0)
                    _languages.Add((i, key[5..]));
                else
                    unknown.Add((i, names[i]));
            }
            else if (_fields[column] >= 0)
            {
                _problems.Add(ImportRule.ColumnTwice, 1, _format.Columns[column].Name, $"Kolumnen {_format.Columns[column].Name} finns två gånger.");
            }
            else
            {
                _fields[column] = i;
            }
        }

        foreach (var language in _languages.GroupBy(l => l.Language, StringComparer.Ordinal).Where(g => g.Count() > 1))
            _problems.Add(
                ImportRule.ColumnTwice,
                1,
                ImportFormat.LanguagePrefix + language.Key,
                $"Kolumnen {ImportFormat.LanguagePrefix}{language.Key} finns två gånger.");
        var missing = _format.Columns.Where((c, i) => _fields[i] < 0).ToList();
        if (missing.Exists(c => c.IsRequired) && OtherFormat(names) is { } other)
        {
            _problems.Add(ImportRule.OtherKind, 1, "", $"Filen har kolumnerna för {other.Name}, inte för {_format.Name}.");
            return false;
        }

        if (unknown.Count == _fieldCount)
        {
            _problems.Add(ImportRule.HeaderMissing, 1, "", "Första raden har inga kända kolumnnamn.");
            return false;
        }

        foreach (var (field, name) in unknown)
        {
            // By number in the report without values: where the header is missing, a name may stand here.
            var hint = Nearest.Of(name, missing.Select(c => c.Name)) is { } nearest ? $" Menar du {nearest}?" : "";
            _problems.Add(ImportRule.ColumnUnknown, 1, "", $"Kolumnen ”{Shown(name)}” är okänd.{hint}", $"Kolumn nummer {field + 1} har ett okänt namn.{hint}");
        }

        foreach (var column in missing.Where(c => c.IsRequired))
            _problems.Add(ImportRule.ColumnMissing, 1, column.Name, $"Kolumnen {column.Name} saknas.");

        // Without a column that every row needs, each row would only repeat the same error.
        return !missing.Exists(c => c.IsRequired);
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
                _problems.Add(ImportRule.RowTooLong, (int)e.LineNumber, "", "Raden är längre än 1 MB. Resten av filen är inte läst.");
                return false;
            }

            Line = (int)_csv.LineNumber;
            _errorsBefore = _problems.Errors;
            if (_csv.FieldCount != _fieldCount && !IsPaddedTo(_fieldCount))
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
            if (_checkControl && HasControlCharacter())
                continue;
            return true;
        }
    }

    public bool Has(int column) => _fields[column] >= 0;

    /// <summary>The field as UTF-8, without surrounding spaces; empty when the column isn't in the file.</summary>
    public ReadOnlySpan<byte> Raw(int column)
    {
        var field = _fields[column];
        return field < 0 ? default : _csv.GetSpan(field);
    }

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
        if (raw.IsEmpty)
        {
            if (isRequired)
                Add(ImportRule.Required, column, $"{Name(column)} är tomt.");
            return -1;
        }

        var found = codes.Find(FormulaGuard.Open(raw));
        if (found >= 0)
            return found;
        if (IsPersonalNumber(raw, Name(column)))
            return -2;
        var word = Encoding.UTF8.GetString(FormulaGuard.Open(raw));
        var nearest = codes.Nearest(word);
        var hint =
            nearest is not null ? $" Menar du {nearest}?"
            : codes.Words.Count is > 0 and <= 6 ? $" Tillåtna värden: {string.Join(", ", codes.Words)}."
            : "";
        Add(
            rule ?? ImportRule.CodeUnknown,
            column,
            $"{Name(column)} har det okända värdet ”{Shown(word)}”.{hint}",
            $"{Name(column)} har ett okänt värde.{hint}");
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
        Add(rule, column, message, withoutValues);
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
            return IsKept(column, number) ? number : null;
        if (!IsPersonalNumber(raw, Name(column)))
            Add(ImportRule.NumberInvalid, column, $"{Name(column)} är inte ett tal.");
        return null;
    }

    /// <summary>Reports a number that scales and answers can't keep whole: the database has five figures and four decimals for them.</summary>
    public bool IsKept(int column, double number)
    {
        if (Math.Abs(number) < 100_000 && Math.Round(number, 4).Equals(number))
            return true;
        Add(ImportRule.NumberOutside, column, $"{Name(column)} ska ha högst fyra decimaler och högst fem siffror före decimalkommat.");
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

        if (Utf8Parser.TryParse(raw, out int number, out var used) && used == raw.Length)
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
            Add(rule ?? ImportRule.NumberInvalid, column, $"{Name(column)} är inte ett heltal.");
        return null;
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
    public void Add(ImportRule rule, int column, string message, string? withoutValues = null) =>
        _problems.Add(rule, Line, column < 0 ? "" : Name(column), message, withoutValues);

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
        if (!PersonalNumberSearch.IsIn(raw))
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
            var isText = _format.Kind == ImportKind.Instrument;
            foreach (var b in _csv.GetSpan(i))
            {
                if (b is >= 32 and not 127 || (isText && b is (byte)'\n' or (byte)'\r' or (byte)'\t'))
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
