using System.Globalization;
using System.Text;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Reporting.Reports;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary>The help text of an import file: its columns, the codes allowed, an example and the rules.</summary>
internal static class ImportHelp
{
    public static string Text(ImportFormat format)
    {
        // Made from the embedded code lists only when somebody asks: every other run would pay for it.
        // In the list of what can be imported, the summary is enough.
        var words = Environment.GetCommandLineArgs();
        if (!words.Contains(format.Name) || !words.Any(w => w is "--help" or "-h" or "-?" or "/?" or "/h"))
            return format.Summary;
        var text = new StringBuilder(format.Summary).AppendLine().AppendLine()
            .AppendLine("Kolumner (första raden i filen; de med * måste finnas):");
        foreach (var column in format.Columns)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {column.Name}{(column.IsRequired ? "*" : "")}: {column.Description}");
            var codes = TargetMeasures.Codes(column);
            if (codes.Count > 0)
                text.AppendLine(CultureInfo.InvariantCulture, $"      {string.Join(", ", codes.Select(c => c.Code))}");
        }

        text.AppendLine().AppendLine("Exempel:")
            .AppendLine("  " + format.Template.TrimEnd())
            .AppendLine("  " + string.Join(';', format.Columns.Select(c => c.Example)))
            .AppendLine().AppendLine("En tom mall skrivs med: finsam mall " + format.Name)
            .AppendLine("Högst 2 GB och 5 000 000 rader.")
            .AppendJoin(Environment.NewLine, ImportFormat.GoodToKnow).AppendLine()
            .AppendLine().AppendLine("Regler i felrapporten (v = varning, stoppar inte):");
        foreach (var rule in ImportRule.All)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {rule.Code}{(rule.IsWarning ? " (v)" : "")}: {rule.Action}");
        return text.ToString().TrimEnd();
    }
}
