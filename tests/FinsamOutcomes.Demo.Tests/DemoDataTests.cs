using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.HeadCounts;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Quality;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Demo.Tests;

public sealed partial class DemoDataTests : IDisposable
{
    private static readonly string[] s_workOrStudies = ["arbete", "subventionerat_arbete", "eget_foretagande", "studier"];

    private static readonly DateOnly s_last = new(DemoForbund.LastFullYear, 12, 31);

    private readonly string _folder = Directory.CreateTempSubdirectory("finsam-demo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_same_seed_gives_the_same_files_byte_for_byte()
    {
        var first = DemoFiles.Write(Path.Combine(_folder, "a"), s_last);
        var second = DemoFiles.Write(Path.Combine(_folder, "b"), s_last);
        var other = DemoFiles.Write(Path.Combine(_folder, "c"), s_last, DemoFiles.DefaultSeed + 1);

        for (var i = 0; i < first.Count; i++)
            File.ReadAllBytes(second[i].Path).ShouldBe(File.ReadAllBytes(first[i].Path), first[i].Kind.ToString());
        File.ReadAllBytes(other[2].Path).ShouldNotBe(File.ReadAllBytes(first[2].Path));
    }

    [Fact]
    public void No_file_holds_anything_like_a_personal_number_and_people_are_codes_only()
    {
        foreach (var (_, path) in DemoFiles.Write(_folder, s_last))
        {
            var text = File.ReadAllText(path);
            PersonalNumber().IsMatch(text).ShouldBeFalse(path);
            if (Path.GetFileName(path) is "deltagare.csv" or "sjalvskattning.csv")
                text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..].ShouldAllBe(line => Code().IsMatch(line));
        }
    }

    [Fact]
    public void There_are_about_two_thousand_participations_of_both_genders_in_every_year()
    {
        var stays = DemoSimulation.Run(DemoFiles.DefaultSeed, s_last);

        stays.Count.ShouldBeInRange(1800, 2200);
        DemoPortfolio.All.Count.ShouldBeInRange(10, 14);
        DemoPortfolio.All.Count(i => i.Parent == DemoPortfolio.Trappan).ShouldBe(5);
        foreach (var year in new[] { 2022, 2023, 2024, 2025 })
        {
            foreach (var gender in new[] { "kvinna", "man" })
            {
                stays.Count(s => s.Person.Gender == gender && s.StartedOn?.Year == year).ShouldBeGreaterThan(100);
                stays.Count(s => s.Person.Gender == gender && s.StartedOn is not null && s.EndedOn?.Year == year).ShouldBeGreaterThan(100);
            }
        }

        var people = stays.GroupBy(s => s.Person).ToList();
        people.Count(p => p.Count() > 1).ShouldBeGreaterThan(100);
        people.Count(p => p.Key.Gender == "okant").ShouldBeInRange(3, 15);
        stays.Count(s => s.Reason == "felregistrering").ShouldBeInRange(3, 20);
        stays.ShouldAllBe(s => s.QueuedOn >= DemoSimulation.First && (s.EndedOn ?? s.StartedOn ?? s.QueuedOn) <= s_last);
    }

    [Fact]
    public void The_year_has_its_seasons()
    {
        var months = DemoSimulation
            .Run(DemoFiles.DefaultSeed, s_last)
            .Where(s => s.StartedOn?.Year > 2022)
            .CountBy(s => s.StartedOn!.Value.Month)
            .ToDictionary();

        months[7].ShouldBeLessThan(months.Values.Min() + 1);
        months.OrderByDescending(m => m.Value).Take(2).Select(m => m.Key).ShouldBe([1, 9], ignoreOrder: true);
    }

    [Fact]
    public void Stays_queues_and_results_are_such_as_one_meets()
    {
        var stays = DemoSimulation.Run(DemoFiles.DefaultSeed, s_last);
        foreach (var insats in stays.GroupBy(s => s.Insats.Name, StringComparer.Ordinal))
        {
            var ended = insats.Where(s => s is { StartedOn: not null, EndedOn: not null } && s.Reason != "felregistrering").ToList();
            var days = ended.Select(s => s.EndedOn!.Value.DayNumber - s.StartedOn!.Value.DayNumber).Order().ToList();
            days[days.Count / 2].ShouldBeInRange(120, 400, insats.Key);
            Share(ended).ShouldBeInRange(0.23, 0.47, insats.Key);
        }

        stays.Count(s => s.Insats.Name == DemoPortfolio.Balans && s.StartedOn is null && s.EndedOn is null).ShouldBeInRange(20, 50);
    }

    [Fact]
    public void Women_and_men_change_places_in_Trappan_Arbete_and_Forsta_steget_falls()
    {
        var ended = DemoSimulation
            .Run(DemoFiles.DefaultSeed, s_last)
            .Where(s => s is { StartedOn: not null, EndedOn: not null } && s.Reason != "felregistrering")
            .ToList();
        var work = ended.Where(s => s.Insats.Name == DemoPortfolio.Arbete).ToList();
        double Gap(int year) =>
            Share(work.Where(s => s.EndedOn!.Value.Year == year && s.Person.Gender == "kvinna"))
            - Share(work.Where(s => s.EndedOn!.Value.Year == year && s.Person.Gender == "man"));
        Gap(2022).ShouldBeGreaterThan(0.1);
        Gap(2025).ShouldBeLessThan(-0.1);

        var step = ended.Where(s => s.Insats.Name == DemoPortfolio.ForstaSteget).ToLookup(s => s.EndedOn < new DateOnly(2024, 8, 1));
        (Share(step[true]) - Share(step[false])).ShouldBeGreaterThan(0.1);
    }

    [Fact]
    public void What_people_live_on_sums_to_a_hundred_and_fits_the_reason_they_left()
    {
        foreach (var stay in DemoSimulation.Run(DemoFiles.DefaultSeed, s_last))
        {
            foreach (var situation in new[] { stay.Before, stay.After }.OfType<DemoSituation>())
                situation.Livelihood.Sum(l => l.Percent).ShouldBe(100);
            if (stay.After is not { } after)
                continue;
            (after.Work > 0).ShouldBe(
                stay.Reason is "arbete" or "subventionerat_arbete" or "eget_foretagande" || (stay.Reason == "arbetssokande" && after.Work == 25),
                stay.Reason);
            (after.Study > 0).ShouldBe(stay.Reason == "studier");
            (stay.Reason != "arbetssokande" || after.SeeksWork).ShouldBeTrue();
        }
    }

    [Fact]
    public void Those_who_went_to_work_or_studies_answered_more_often_at_exit_and_gained_more()
    {
        var answers = DemoAssessments.Of(DemoSimulation.Run(DemoFiles.DefaultSeed, s_last), DemoFiles.DefaultSeed + 1, s_last);
        var ability = answers.Where(a => a.Item == "arbetsformaga" && char.IsAsciiDigit(a.Value[0])).ToLookup(a => a.Participation);
        var gains = ability
            .Where(g => g.Any(a => a.Occasion == "start") && g.Any(a => a.Occasion == "avslut"))
            .ToLookup(
                g => s_workOrStudies.Contains(g.Key.Reason),
                g => double.Parse(g.First(a => a.Occasion == "avslut").Value) - double.Parse(g.First(a => a.Occasion == "start").Value));

        gains[true].Average().ShouldBeGreaterThan(gains[false].Average() + 0.5);
        double AnsweredAtExit(bool positive) =>
            ability
                .Where(g => g.Key.EndedOn is not null && g.Any(a => a.Occasion == "start") && s_workOrStudies.Contains(g.Key.Reason) == positive)
                .Average(g => g.Any(a => a.Occasion == "avslut") ? 1.0 : 0);
        AnsweredAtExit(true).ShouldBeGreaterThan(AnsweredAtExit(false) + 0.15);
        answers.Select(a => a.Value).ShouldContain("ej_tillfragad");
        answers.Select(a => a.Value).ShouldContain("vill_ej_svara");
    }

    [Fact]
    public async Task The_real_importer_takes_the_files_and_only_planted_remarks_are_found()
    {
        await using var test = await TestDatabase.CreateAsync(Engines.Current, FixedClock.At("2026-01-01"));
        var database = test.Database;
        var forbundId = await new ForbundStore(database).AddAsync(new NewForbund { Name = DemoForbund.Name, IsDemo = true });
        var importer = new Importer(database, forbundId);
        foreach (var (kind, path) in DemoFiles.Write(_folder, s_last))
        {
            var result = await importer.ImportAsync(kind, path);
            result.IsSaved.ShouldBeTrue(string.Join('\n', result.Problems.Kept.Take(5)));
            result.Problems.CountsByRule.Keys.ShouldBeSubsetOf(["avslut-utan-anledning"]);
        }

        await new DemoRegistry(database, forbundId, s_last).FillAsync(CancellationToken.None);

        var remarks = (await new QualityChecks(database).RunAsync(forbundId)).Where(r => r.Findings.Count > 0).ToDictionary(r => r.Rule, r => r.Findings.Count);
        remarks.Keys.ShouldBe(["exit_without_reason", "unknown_gender"], ignoreOrder: true);
        remarks.Values.ShouldAllBe(n => n < 30);

        var years = await new InsatsEconomyStore(database).YearsAsync(forbundId, 2025);
        years.Count.ShouldBe(DemoPortfolio.All.Count(i => i.EndsOn is null));
        (await new HeadCountStore(database).OfYearAsync(forbundId, 2025)).Sum(h => h.NumberOfPeople).ShouldBeGreaterThan(300);
        var texts = await new InsatsTextStore(database).OfYearAsync(forbundId, 2025);
        texts.Select(t => t.InsatsId).Distinct().Count().ShouldBe(DemoPortfolio.All.Count);
        texts.Select(t => t.Section).Distinct().ShouldBe(["beskrivning", "resultat", "framat"], ignoreOrder: true);
    }

    private static double Share(IEnumerable<DemoParticipation> ended) => ended.Average(s => s_workOrStudies.Contains(s.Reason) ? 1.0 : 0);

    [GeneratedRegex(@"\d{6}[-+ ]?\d{4}", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex PersonalNumber();

    [GeneratedRegex(@"^EX-\d{4};", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Code();
}
