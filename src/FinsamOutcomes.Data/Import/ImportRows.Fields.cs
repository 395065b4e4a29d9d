using System.Buffers.Text;
using System.Globalization;
using System.Text;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <content>The fields of a row, read as texts, codes, dates and numbers.</content>
internal sealed partial class ImportRows
{
    /// <summary>A text, or null when the field is empty or can't be used.</summary>
    public string? Text(int column, int maxLength, bool isRequired = false) =>
        Text(Written(column), _format.Columns[column].Name, maxLength, isRequired, _format.Kind == ImportKind.Instrument ? TextForm.Lines : TextForm.Line);

    // A text is kept with what belongs inside words of many languages, though it can't be seen.
    private ReadOnlySpan<byte> Written(int column)
    {
        var raw = Raw(column);
        return raw.IsEmpty || _fields[column] < 0 || _maps?[column] is not null ? raw : _csv.GetSpan(_fields[column]);
    }

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

    /// <summary>An amount in whole kronor, with spaces between thousands or none; null when the field is empty or can't be used.</summary>
    public long? Kronor(int column, bool mayBeNegative)
    {
        var raw = Raw(column);
        if (raw.IsEmpty)
            return null;
        var text = Encoding.UTF8.GetString(FormulaGuard.Open(raw));
        var number = text.EndsWith("kr", StringComparison.OrdinalIgnoreCase) ? text[..^2].TrimEnd() : text;
        if (CellErrors.Is(raw))
            Add(ImportRule.CellError, column, $"{Name(column)} är {Shown(text)}, inte ett belopp.");
        else if (!TryKronor(number, out var kronor))
            Add(ImportRule.AmountInvalid, column, $"{Name(column)} är inte ett belopp i hela kronor.");
        else if (kronor is < -Funds.FundsStore.LargestSum or > Funds.FundsStore.LargestSum)
            Add(ImportRule.AmountInvalid, column, $"{Name(column)} är orimligt stort.");
        else if (kronor < 0 && !mayBeNegative)
            Add(ImportRule.AmountInvalid, column, $"{Name(column)} kan inte vara negativt.");
        else
            return kronor;
        return null;
    }

    private static bool TryKronor(string text, out long kronor)
    {
        // Öre that are none, as a spreadsheet with two decimals writes them.
        var comma = text.AsSpan().IndexOfAny(',', '.');
        if (comma > 0 && text.Length - comma is 2 or 3 && !text.AsSpan(comma + 1).ContainsAnyExcept('0'))
            text = text[..comma];
        var parts = text.Replace('\u2212', '-').Split();
        kronor = 0;
        return (parts.Length == 1 || (parts[0].TrimStart('-').Length is >= 1 and <= 3 && parts.Skip(1).All(p => p.Length == 3)))
            && long.TryParse(string.Concat(parts), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out kronor);
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
    public static bool TryWhole(ReadOnlySpan<byte> raw, bool isPercent, out int number)
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
        var parts = text.Split();
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

        text = text.Normalize().Trim();
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
