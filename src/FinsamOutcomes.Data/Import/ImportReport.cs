using CsvHelper;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// Everything that is wrong with a file, as a CSV file to go through beside it: the row, not what stands there, so that it tells of
/// nobody.
/// </summary>
public static class ImportReport
{
    private static readonly CsvWriterOptions s_csv = new() { Separator = ';', WriteByteOrderMark = true, Injection = CsvInjection.Escape };

    /// <param name="problems">In the order of the file.</param>
    /// <param name="output">Is left open.</param>
    /// <param name="fileName">Stands first in each row; null leaves that column out, as from the page.</param>
    public static void Write(IEnumerable<ImportProblem> problems, Stream output, string? fileName)
    {
        ArgumentNullException.ThrowIfNull(problems);
        using var csv = CsvWriter.Create(output, s_csv, leaveOpen: true);
        string[] header = ["rad", "kolumn", "slag", "regel", "meddelande", "att_gora"];
        csv.WriteRecord(fileName is null ? header : ["fil", .. header]);
        foreach (var problem in problems)
        {
            if (fileName is not null)
                csv.WriteField(fileName);
            csv.WriteField(problem.Line > 0 ? problem.Line : (int?)null);
            csv.WriteField(problem.Column);
            csv.WriteField(problem.Rule.IsWarning ? "varning" : "fel");
            csv.WriteField(problem.Rule.Code);
            csv.WriteField(problem.WithoutValues);
            csv.WriteField(fileName is null ? problem.Rule.ActionOnPage : problem.Rule.Action);
            csv.EndRecord();
        }

        csv.Flush();
    }
}
