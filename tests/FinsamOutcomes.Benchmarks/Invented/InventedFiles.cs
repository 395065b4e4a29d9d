using System.Globalization;

namespace FinsamOutcomes.Benchmarks.Invented;

/// <summary>Writes the invented förbund as import files, row by row.</summary>
internal static class InventedFiles
{
    private static readonly string[] s_genders = ["kvinna", "man", "okant"];

    public static void WriteInsatser(string path)
    {
        using var file = Open(path);
        file.WriteLine("insats;overordnad;inriktning;uppfoljningsmetod;esf;startdatum;slutdatum;platser");
        foreach (var (name, parent) in InventedForbund.Insatser)
            file.WriteLine(
                $"{name};{(parent < 0 ? "" : InventedForbund.Insatser[parent].Name)};individinriktad;individ;nej;{Iso(InventedForbund.FirstDay)};;40");
    }

    /// <param name="path">The file.</param>
    /// <param name="count">Rows.</param>
    /// <param name="isFull">All nineteen columns, with livelihood and occupation; else the eight that must be there.</param>
    public static void WriteDeltagare(string path, int count, bool isFull)
    {
        using var file = Open(path);
        file.WriteLine(
            "deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning"
                + (
                    isFull
                        ? ";koad;planerat_avslut;remittent;forsorjning_fore;forsorjning_efter;arbete_fore;studier_fore;soker_arbete_fore;arbete_efter;studier_efter;soker_arbete_efter"
                        : ""));
        foreach (var s in InventedForbund.Participations(count))
        {
            // Without a queue date, who is still in the queue has no row to be on: the queue date is then the entry.
            var started = s.StartedOn ?? (isFull ? null : s.QueuedOn);
            file.Write(
                $"{s.Code};{InventedForbund.Insatser[s.Insats].Name};{s_genders[s.Gender]};{s.BirthYear};{s.Education};{Iso(started)};{Iso(s.EndedOn)};{s.Reason}"
            );
            if (isFull)
            {
                file.Write($";{Iso(s.QueuedOn)};{(s.EndedOn is null ? "" : s.IsPlanned ? "ja" : "nej")};{s.Referrer}");
                file.Write(s.OtherLivelihoodBefore is { } other ? $";{s.LivelihoodBefore}:50,{other}:50" : $";{s.LivelihoodBefore}:100");
                file.Write(
                    s.LivelihoodAfter is { } after ? $";{after}:100;0;0;nej;{s.WorkAfter};{s.StudyAfter};{(s.IsJobSeeking ? "ja" : "nej")}" : ";;0;0;nej;;;");
            }

            file.WriteLine();
        }
    }

    private static StreamWriter Open(string path) =>
        new(path, append: false, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 1 << 18) { NewLine = "\r\n" };

    private static string Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
