using Dapper;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Measures;

/// <summary>Each view has the grain that its first line states, and its sums hold.</summary>
public sealed class ViewTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Each_view_has_one_row_per_key_of_its_grain_and_its_sums_hold(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var iris = register.Insats("IRIS");
        var insam = register.Insats("Insam", iris);
        for (var i = 0; i < 10; i++)
        {
            var stay = register.Participation(
                register.Person(i % 2 == 0 ? "woman" : "man", 1940 + i * 7),
                i < 5 ? iris : insam,
                "2024-01-10",
                "2024-05-01",
                i == 0 ? "felregistrering" : "arbete");
            register.Occupation(stay, "before", 0, i * 10);
            register.Occupation(stay, "after", i * 10, 0);
        }

        register.HeadCount(iris, 2024, 0, "woman", 7);
        register.HeadCount(insam, 2024, 1, "man", 2);
        register.HeadCount(insam, 2024, 2, "man", 3);
        register.HeadCount(register.Insats("Dörren", isCounted: true), 1999, 0, "man", 1);
        await register.SaveAsync();
        await using var connection = await test.Database.Engine.OpenAsync(TestContext.Current.CancellationToken);

        foreach (var (view, key) in new[]
        {
            ("participation_fact", "participation_id"),
            ("insats_level", "insats_id, level_id"),
            ("dimension_code", "dimension, code"),
            ("dimension_code", "dimension, sort_order"),
            ("dimension_level", "dimension, number, level_code"),
            ("positive_exit_kind", "forbund_id, definition_code, exit_reason, has_increased"),
            ("occupation_group", "participation_id, occasion"),
            ("head_count_span", "insats_id, gender, span_kind, span_from"),
            ("asked_head_count", "insats_id, half_from, gender"),
            ("outside_head_count", "insats_id, calendar_year, half, gender"),
        })
        {
            (await NumberAsync($"SELECT COUNT(*) FROM {view}")).ShouldBeGreaterThan(0, view);
            (await NumberAsync($"SELECT COUNT(*) FROM (SELECT COUNT(*) AS number FROM {view} GROUP BY {key} HAVING COUNT(*) > 1) x")).ShouldBe(0, view);
        }

        (await NumberAsync("SELECT COUNT(*) FROM participation_fact")).ShouldBe(9);
        (await NumberAsync("SELECT COUNT(*) FROM participation_fact WHERE ended_day - started_day <> 112")).ShouldBe(0);
        (await NumberAsync("SELECT MIN(started_day) FROM participation_fact")).ShouldBe(new DateOnly(2024, 1, 10).DayNumber);
        (await NumberAsync("SELECT MAX(ended_month) FROM participation_fact")).ShouldBe(202405);
        (await NumberAsync("SELECT COUNT(*) FROM calendar_period WHERE to_day - from_day NOT BETWEEN 27 AND 365")).ShouldBe(0);
        // A delprojekt is counted in itself, in its insats and in the förbund.
        (await NumberAsync("SELECT COUNT(*) FROM insats_level")).ShouldBe(7);
        (await NumberAsync("SELECT SUM(number_of_people) FROM head_count_span WHERE span_kind = 'year'")).ShouldBe(13);
        (await NumberAsync("SELECT SUM(number_of_people) FROM head_count_span WHERE span_kind = 'half'")).ShouldBe(5);
        // Each code is in its own level once and in the total at most once.
        (
            await NumberAsync(
                "SELECT COUNT(*) FROM dimension_code c WHERE NOT EXISTS (SELECT 1 FROM dimension_level l WHERE l.dimension = c.dimension AND l.number = c.sort_order AND l.level_code = c.code)"
            )).ShouldBe(0);

        Task<long> NumberAsync(string sql) => connection.ExecuteScalarAsync<long>(sql);
    }
}
