using System.Globalization;
using CsvHelper;
using FinsamOutcomes.Data.Import;

namespace FinsamOutcomes.Demo;

/// <summary>The four import files of the invented förbund: what the importer reads, and the user's example of the format.</summary>
internal static class DemoFiles
{
    /// <summary>Chosen among others because chance hides least of what <see cref="DemoPortfolio"/> is meant to show.</summary>
    public const int DefaultSeed = 1240;

    private static readonly CsvWriterOptions s_csv = new() { Separator = ';', WriteByteOrderMark = true };

    /// <summary>Writes the files into a folder; the same seed and last day give the same bytes. Returns them in the order they are imported.</summary>
    public static IReadOnlyList<(ImportKind Kind, string Path)> Write(string folder, DateOnly last, int seed = DefaultSeed)
    {
        Directory.CreateDirectory(folder);
        var stays = DemoSimulation.Run(seed, last);
        return
        [
            (ImportKind.Insatser, WriteFile(folder, ImportKind.Insatser, Insatser())),
            (ImportKind.Instrument, WriteFile(folder, ImportKind.Instrument, Instrument())),
            (ImportKind.Deltagare, WriteFile(folder, ImportKind.Deltagare, Deltagare(stays))),
            (ImportKind.Sjalvskattning, WriteFile(folder, ImportKind.Sjalvskattning, Sjalvskattning(DemoAssessments.Of(stays, seed + 1, last)))),
        ];
    }

    private static string WriteFile(string folder, ImportKind kind, IEnumerable<string[]> rows)
    {
        var path = Path.Combine(folder, ImportFormat.Of(kind).Name + ".csv");
        using var csv = CsvWriter.ToFile(path, s_csv);
        foreach (var row in rows)
            csv.WriteRecord(row);
        return path;
    }

    private static IEnumerable<string[]> Insatser()
    {
        yield return
        [
            "insats",
            "overordnad",
            "inriktning",
            "uppfoljningsmetod",
            "esf",
            "startdatum",
            "slutdatum",
            "platser",
            "specifik_inriktning",
            "malgrupper",
        ];
        foreach (var insats in DemoPortfolio.All)
        {
            yield return
            [
                insats.Name,
                insats.Parent ?? "",
                insats.IsIndividual ? "individinriktad" : "strukturovergripande",
                insats.IsFollowedIndividually ? "individ" : "antal",
                YesNo(insats.IsEsf),
                Text(insats.StartsOn),
                Text(insats.EndsOn),
                insats.Capacity is { } capacity ? Text(capacity) : "",
                insats.Orientation,
                string.Join(',', insats.TargetGroups),
            ];
        }
    }

    private static IEnumerable<string[]> Instrument()
    {
        yield return
        [
            "instrument",
            "version",
            "respondent",
            "fraga",
            "text",
            "min",
            "max",
            "riktning",
            "minsta_viktiga_forandring",
            ImportFormat.LanguagePrefix + "en",
        ];
        foreach (var item in DemoAssessments.Items)
            yield return
            [
                DemoAssessments.Instrument,
                "1",
                "deltagare",
                item.Code,
                item.Text,
                "1",
                Text(DemoAssessments.ScaleMax),
                item.IsHigherBetter ? "hogre_ar_battre" : "lagre_ar_battre",
                "1",
                item.English,
            ];
    }

    private static IEnumerable<string[]> Deltagare(IReadOnlyList<DemoParticipation> stays)
    {
        yield return
        [
            "deltagarkod",
            "insats",
            "kon",
            "fodelsear",
            "utbildning",
            "inskriven",
            "utskriven",
            "avslutsanledning",
            "koad",
            "planerat_avslut",
            "remittent",
            "forsorjning_fore",
            "forsorjning_efter",
            "arbete_fore",
            "studier_fore",
            "soker_arbete_fore",
            "arbete_efter",
            "studier_efter",
            "soker_arbete_efter",
        ];
        foreach (var stay in stays.OrderBy(s => s.StartedOn ?? s.QueuedOn).ThenBy(s => s.Person.Code, StringComparer.Ordinal))
        {
            yield return
            [
                stay.Person.Code,
                stay.Insats.Name,
                stay.Person.Gender,
                stay.Person.HidesBirthYear ? "" : Text(stay.Person.BirthYear),
                stay.Person.Education,
                Text(stay.StartedOn),
                Text(stay.EndedOn),
                stay.EndedOn is null ? "" : stay.Reason ?? "",
                Text(stay.QueuedOn),
                stay.WasPlanned is { } planned ? YesNo(planned) : "",
                stay.Referrer ?? "",
                Livelihood(stay.Before),
                Livelihood(stay.After),
                .. Occupation(stay.Before),
                .. Occupation(stay.After),
            ];
        }
    }

    private static IEnumerable<string[]> Sjalvskattning(IReadOnlyList<DemoAnswer> answers)
    {
        yield return ["deltagarkod", "insats", "instrument", "tillfalle", "datum", "fraga", "varde", "inskriven"];
        foreach (var answer in answers)
            yield return
            [
                answer.Participation.Person.Code,
                answer.Participation.Insats.Name,
                DemoAssessments.Instrument,
                answer.Occasion,
                Text(answer.On),
                answer.Item,
                answer.Value,
                Text(answer.Participation.StartedOn),
            ];
    }

    private static string Livelihood(DemoSituation? situation) =>
        situation is null ? "" : string.Join(',', situation.Livelihood.Select(l => $"{l.Code}:{Text(l.Percent)}"));

    private static string[] Occupation(DemoSituation? situation) =>
        situation is null ? ["", "", ""] : [Text(situation.Work), Text(situation.Study), YesNo(situation.SeeksWork)];

    private static string YesNo(bool value) => value ? "ja" : "nej";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
