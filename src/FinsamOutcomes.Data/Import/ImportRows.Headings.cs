using System.Text;
using CsvHelper;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <content>The headings: which field each column of the format has.</content>
internal sealed partial class ImportRows
{
    /// <summary>Reads the header; false when the rows below it can't be understood.</summary>
    public bool ReadHeader()
    {
        if (ReadNames() is not { } names)
            return false;
        _fieldCount = names.Length;
        while (_fieldCount > 0 && names[_fieldCount - 1].Length == 0)
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
            var row = _options.HeaderRow;
            if (row is null && _options.Map?.HeaderRow is { } remembered)
            {
                row = HasHeadingsOn(remembered) ? remembered : null;
                _csv.Dispose();
                _source.Stream.Position = 0;
                _csv = Open(isLookedAt: false);
            }

            if (ReadTo(row ?? 0))
                return Names();
            _problems.Add(ImportRule.HeaderMissing, row is null ? "Alla rader i filen är tomma." : $"Filen har ingen rad {row}.");
        }
        catch (CsvFormatException)
        {
            _problems.Add(ImportRule.RowTooLong, 1, "", "Rubrikraden är längre än 1 MB.");
        }

        return null;
    }

    private bool HasHeadingsOn(int row)
    {
        if (!ReadTo(0))
            return false;
        var first = Names();
        return HeadingsOn >= row || (ReadTo(row) && _options.HasHeadings(_format, first, Names()));
    }

    // To the row, or the first below it that holds something.
    private bool ReadTo(int row)
    {
        do
        {
            if (!_csv.Read())
                return false;
            HeadingsOn = _source.RowOf((int)_csv.LineNumber);
        }
        while (HeadingsOn < row || IsEmpty());
        return true;
    }

    private string[] Names() =>
        [.. Enumerable.Range(0, _csv.FieldCount).Select(i => NormalForm.Written(Encoding.UTF8.GetString(_csv.GetSpan(i)).ReplaceLineEndings(" ")))];

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
                else if (name.Length > 0 || _options.Map is null)
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
}
