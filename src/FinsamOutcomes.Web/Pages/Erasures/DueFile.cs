using System.Globalization;
using CsvHelper;
using FinsamOutcomes.Data.Erasures;

namespace FinsamOutcomes.Web.Pages.Erasures;

/// <summary>Those who fall due, as a file: to read through with those who know them before anything is decided.</summary>
internal static class DueFile
{
    public static byte[] Write(IEnumerable<DueParticipantRow> due, ILookup<int, string> insatser)
    {
        using var file = new MemoryStream();
        var options = new CsvWriterOptions { Separator = ';', WriteByteOrderMark = true, Injection = CsvInjection.Escape };
        using (var csv = CsvWriter.Create(file, options, leaveOpen: true))
        {
            csv.WriteHeader(["Deltagare", "Insatser", "Senaste avslut", "Förföll"]);
            foreach (var row in due)
            {
                foreach (var text in new[] { row.Code, string.Join(", ", insatser[row.ParticipantId]), Day(row.LastOn), Day(row.DueOn) })
                    csv.WriteField(text);
                csv.EndRecord();
            }
        }

        return file.ToArray();

        static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
    }
}
