using FinsamOutcomes.Data;
using FinsamOutcomes.Data.Import;

namespace FinsamOutcomes.Web.Pages.Import;

/// <summary>What the columns and words of a file stand for.</summary>
public sealed class MapForm
{
    /// <summary>Of a column that is left out.</summary>
    public const string LeftOut = "-";

    /// <summary>Of a word that says nothing.</summary>
    public const string Nothing = "-";

    public int? HeaderRow { get; set; }

    public List<MapColumnInput> Columns { get; set; } = [];

    public List<MapValueInput> Values { get; set; } = [];

    /// <summary>As the förbund has said before; else as the heading says; else as SUS had it; else the nearest; else left out.</summary>
    public static MapForm Of(ImportPreview preview, ImportFormat format, IReadOnlyCollection<string> fields, ImportMap known, ImportMap sus)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(preview);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(sus);
        var form = new MapForm { HeaderRow = preview.HeaderRow };
        var taken = preview.Columns.Select(c => c.Field).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var column in preview.Columns)
        {
            var said = known.Find(column.Heading);
            var field = said is not null ? said.Field ?? LeftOut : column.Field;

            // What the user may not read in is left out, whatever its heading says.
            if (field is not null && !fields.Contains(field))
                field = LeftOut;
            if (field is null && sus.Find(column.Heading) is { } susColumn)
                field = susColumn.Field is null ? LeftOut : taken.Contains(susColumn.Field) ? null : susColumn.Field;
            field ??= Nearest.Of(column.Heading, fields.Except(taken)) ?? (format.Kind == ImportKind.Sjalvskattning ? "" : LeftOut);
            taken.Add(field);
            form.Columns.Add(new MapColumnInput { Heading = column.Heading, Field = field });
        }

        return form;
    }

    /// <summary>What was known, with what this form says in its place.</summary>
    public ImportMap Over(ImportMap known, ImportFormat format)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(format);
        var fields = format.Columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var said = new ImportMap { Columns = [.. Columns.Where(c => !string.IsNullOrWhiteSpace(c.Heading)).Select(c => new MappedColumn(c.Heading!, null))] };
        var columns = Columns.Where(c => !string.IsNullOrWhiteSpace(c.Heading) && (c.Field == LeftOut || (c.Field is not null && fields.Contains(c.Field))));
        var words = format.Columns.Where(format.TakesWords).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var values = Values.Where(v => !string.IsNullOrWhiteSpace(v.Value) && v.Field is not null && words.Contains(v.Field) && !string.IsNullOrEmpty(v.Code));
        return new ImportMap { HeaderRow = known.HeaderRow, Columns = [.. known.Columns.Where(c => said.Find(c.Heading) is null)], Values = known.Values }.With(
            new ImportMap
            {
                HeaderRow = HeaderRow,
                Columns = [.. columns.Select(c => new MappedColumn(c.Heading!, c.Field == LeftOut ? null : c.Field)).Where(c => c.Field != c.Heading)],
                Values = [.. values.Select(v => new MappedValue(v.Field!, v.Value!, v.Code == Nothing ? null : v.Code))],
            });
    }
}

/// <summary>A heading and what it is.</summary>
public sealed class MapColumnInput
{
    public string? Heading { get; set; }

    /// <summary>The template's column, <see cref="MapForm.LeftOut"/>, or empty for as it is.</summary>
    public string? Field { get; set; }
}

/// <summary>A word and the code it stands for.</summary>
public sealed class MapValueInput
{
    public string? Field { get; set; }

    public string? Value { get; set; }

    /// <summary>The code, <see cref="MapForm.Nothing"/>, or empty while it isn't said.</summary>
    public string? Code { get; set; }
}
