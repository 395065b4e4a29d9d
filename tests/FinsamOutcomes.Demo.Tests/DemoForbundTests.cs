using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.HeadCounts;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Quality;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Demo.Tests;

public sealed class DemoForbundTests
{
    private static readonly DateOnly s_today = new(2026, 11, 23);

    [Fact]
    public void This_year_has_people_in_queue_people_who_take_part_and_exits_some_without_a_reason()
    {
        var stays = DemoSimulation.Run(DemoFiles.DefaultSeed, s_today);

        stays.ShouldAllBe(s => (s.EndedOn ?? s.StartedOn ?? s.QueuedOn) <= s_today);
        stays.Count(s => s is { StartedOn: not null, EndedOn: null }).ShouldBeInRange(200, 450);
        stays.Count(s => s is { StartedOn: null, EndedOn: null }).ShouldBeInRange(30, 200);
        stays.Count(s => s.EndedOn?.Year == 2026).ShouldBeGreaterThan(250);
        stays.Count(s => s.StartedOn > s_today.AddDays(-30)).ShouldBeGreaterThan(10);
        stays.Count(s => s is { EndedOn: not null, Reason: null } && s.EndedOn > s_today.AddDays(-25)).ShouldBeInRange(1, 15);
        foreach (var gender in new[] { "kvinna", "man" })
            stays.Count(s => s.EndedOn?.Year == 2026 && s.Person.Gender == gender).ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task The_forbund_is_made_up_to_today_with_the_years_books_still_open()
    {
        await using var test = await TestDatabase.CreateAsync(Engines.Current, FixedClock.At("2026-11-23"));
        (await DemoForbund.FindAsync(test.Database)).ShouldBeNull();

        var forbundId = await DemoForbund.MakeAsync(test.Database);

        (await DemoForbund.FindAsync(test.Database)).ShouldBe(forbundId);
        var economy = new InsatsEconomyStore(test.Database);
        var years = await economy.YearsAsync(forbundId, 2026);
        years.Count.ShouldBe(DemoPortfolio.All.Count(i => i.EndsOn is null));
        years.ShouldAllBe(y => y.BudgetKronor > 0 && y.OutcomeKronor == null);
        (await economy.YearsAsync(forbundId, 2025)).ShouldAllBe(y => y.OutcomeKronor > 0);
        (await economy.CostsAsync(forbundId, 2026)).ShouldAllBe(c => c.BudgetKronor > 0 && c.OutcomeKronor == null);
        (await economy.TargetsAsync(forbundId, 2026)).Count.ShouldBeGreaterThan(3);
        (await new HeadCountStore(test.Database).OfYearAsync(forbundId, 2026)).Select(h => h.Half).Distinct().ShouldBe([1]);
        var texts = await new InsatsTextStore(test.Database).OfYearAsync(forbundId, 2026);
        texts.Select(t => t.Section).Distinct().ShouldBe(["beskrivning"]);
        (await new QualityChecks(test.Database).RunAsync(forbundId)).Where(r => r.Findings.Count > 0).Select(r => r.Rule)
            .ShouldBe(["exit_without_reason", "unknown_gender"], ignoreOrder: true);
    }

    [Fact]
    public async Task Names_are_encrypted_and_numbers_are_of_those_set_aside_for_testing()
    {
        await using var test = await TestDatabase.CreateAsync(Engines.Current, FixedClock.At("2026-11-23"));
        var forbundId = await DemoForbund.MakeAsync(test.Database);
        var participants = new ParticipantStore(test.Database);

        var (named, numbers) = (0, 0);
        foreach (
            var person in DemoSimulation
                .Run(DemoFiles.DefaultSeed, test.Database.Today)
                .Where(s => s.Insats.Name == DemoPortfolio.RattJobb)
                .Select(s => s.Person)
                .Distinct())
        {
            var row = (await participants.FindAsync(forbundId, person.Code))!;
            named += row.HasName ? 1 : 0;
            if (!row.HasPersonalNumber)
                continue;
            numbers++;
            var identity = await participants.ReadIdentityAsync(forbundId, row.Id, "test");
            identity.Name.ShouldNotBeNull();
            PersonalNumber.TryParse(identity.PersonalNumber, test.Database.Today, out var number).ShouldBeTrue();
            int.Parse(number.Digits.AsSpan(8, 3)).ShouldBeInRange(980, 999);
            number.Gender.ShouldBe(row.Gender);
            number.BirthYear.ShouldBe(row.BirthYear!.Value);
        }

        named.ShouldBeGreaterThan(30);
        numbers.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task A_clock_before_the_data_ends_is_told_of_and_nothing_is_made()
    {
        await using var test = await TestDatabase.CreateAsync(Engines.Current, FixedClock.At("2025-06-01"));
        var folder = Directory.CreateTempSubdirectory("finsam-demo-").FullName;
        try
        {
            var refused = await Should.ThrowAsync<DemoException>(() => DemoForbund.MakeAsync(test.Database, new DateOnly(2025, 12, 31), folder));
            refused.Message.ShouldContain("2025-06-01");
            (await DemoForbund.FindAsync(test.Database)).ShouldBeNull();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
