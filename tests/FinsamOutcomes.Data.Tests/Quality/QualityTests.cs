using System.Text;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Quality;
using FinsamOutcomes.Data.Tests.Catalogue;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Quality;

public sealed class QualityTests
{
    private const string Reached = "(v.last_on >= @ReachedSince OR v.opened_through >= @Today)";

    [Fact]
    public void Every_rule_about_a_stay_asks_how_far_the_user_reaches()
    {
        var aboutParticipations = SqlFiles
            .Under("sql/checks", "*.sql")
            .Where(f => f.Text.Contains("p.id AS participation_id", StringComparison.Ordinal))
            .ToList();
        aboutParticipations.Count.ShouldBeGreaterThan(10);
        aboutParticipations
            .Where(f =>
                !string.Join(' ', f.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Contains(
                    $"FROM user_participation v WHERE v.participation_id = p.id AND v.app_user_id = @UserId AND {Reached}",
                    StringComparison.Ordinal))
            .Select(f => f.Path)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_view_says_how_far_a_user_reaches()
    {
        var files = SqlFiles
            .Under("sql/checks", "*.sql")
            .Concat(SqlFiles.Under("sql/queries", "*.sql"))
            .Where(f => Path.GetFileName(f.Path) != "reach.sql")
            .ToList();
        files.Count(f => f.Text.Contains(Reached, StringComparison.Ordinal)).ShouldBeGreaterThan(15);
        string[] copies = ["@ReachedSince", "reach_opening", "closed_history", "participation_end", "first_ended_on <"];
        files
            .Where(f => copies.Any(c => f.Text.Replace(Reached, "", StringComparison.Ordinal).Contains(c, StringComparison.Ordinal)))
            .Select(f => f.Path)
            .ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_clean_database_breaks_no_rule(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var parent = await f.InsatsAsync("IRIS");
        var stay = await f.EnterAsync(
            await f.ParticipantAsync(),
            await f.InsatsAsync("Insam", parent),
            before: new Situation { Livelihoods = [new LivelihoodShare("lon", 100)] }
        );
        await f.InstrumentAsync();
        await f.ExitAsync(stay, "2024-05-01");
        foreach (var result in await new QualityChecks(f.Test.Database).RunAsync(f.ForbundId))
        {
            result.Findings.ShouldBeEmpty(result.Rule);
            result.Explanation.Split(". ").Length.ShouldBeGreaterThanOrEqualTo(2, $"{result.Rule} says what is wrong and what to do");
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Each_rule_finds_the_row_that_breaks_it_and_only_in_its_own_forbund(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (top, insats) = (await f.InsatsAsync("IRIS"), 0);
        insats = await f.InsatsAsync("Insam", top);
        var counted = await f.InsatsAsync("Öppet hus", method: "count");
        var person = await f.ParticipantAsync();
        var stay = await f.EnterAsync(person, insats);
        var gone = await f.ParticipantAsync("A2");
        await f.EnterAsync(gone, top);
        var instrument = await f.InstrumentAsync();
        var item = (await f.Instruments.ItemsAsync(f.ForbundId, instrument))[0].Row.Id;

        string Participation(int id, int insatsId, string from, string? to, string? reason = null) =>
            $"INSERT INTO participation (id, forbund_id, participant_id, insats_id, started_on, ended_on, exit_reason, version) VALUES ({id}, {f.ForbundId}, {person}, {insatsId}, '{from}', {(to is null ? "NULL" : $"'{to}'")}, {(reason is null ? "NULL" : $"'{reason}'")}, 1)";
        var planted = new Dictionary<string, string[]>
        {
            ["exit_without_reason"] = [Participation(900, top, "2023-02-01", "2023-03-01")],
            ["missed_exit"] = [$"UPDATE insats SET ends_on = '2024-05-14' WHERE id = {top}"],
            ["dates_outside_insats"] = [Participation(901, top, "2022-02-01", "2022-03-01", "arbete")],
            ["livelihood_not_hundred"] =
            [
                $"INSERT INTO livelihood_share (participation_id, occasion, livelihood, percent_share) VALUES ({stay}, 'before', 'lon', 60)",
            ],
            ["after_without_exit"] =
            [
                $"INSERT INTO occupation (participation_id, occasion, work_percent, study_percent, is_job_seeking) VALUES ({stay}, 'after', 50, 0, 0)",
            ],
            ["overlapping_participations"] = [Participation(902, insats, "2024-01-20", null)],
            ["participation_in_counted_insats"] = [Participation(903, counted, "2024-01-20", null)],
            ["delprojekt_in_delprojekt"] = [$"UPDATE insats SET parent_id = {insats} WHERE id = {counted}"],
            ["answer_outside_scale"] =
            [
                $"INSERT INTO assessment (id, forbund_id, participation_id, instrument_id, occasion, respondent, answered_on) VALUES (900, {f.ForbundId}, {stay}, {instrument}, 'start', 'participant', '2024-01-12')",
                $"INSERT INTO answer (assessment_id, instrument_item_id, value) VALUES (900, {item}, 6)",
            ],
            ["assessment_outside_participation"] =
            [
                $"INSERT INTO assessment (id, forbund_id, participation_id, instrument_id, occasion, respondent, answered_on) VALUES (901, {f.ForbundId}, {stay}, {instrument}, 'start', 'participant', '2023-01-12')",
            ],
            ["assessment_by_wrong_respondent"] =
            [
                $"INSERT INTO assessment (id, forbund_id, participation_id, instrument_id, occasion, respondent, answered_on) VALUES (902, {f.ForbundId}, {stay}, {instrument}, 'start', 'caseworker', '2024-01-13')",
            ],
            ["instrument_used_but_unlocked"] = [],
            ["head_count_year_and_half"] =
            [
                $"INSERT INTO head_count (forbund_id, insats_id, calendar_year, half, gender, number_of_people) VALUES ({f.ForbundId}, {insats}, 2023, 0, 'man', 3)",
                $"INSERT INTO head_count (forbund_id, insats_id, calendar_year, half, gender, number_of_people) VALUES ({f.ForbundId}, {insats}, 2023, 2, 'woman', 4)",
            ],
            ["head_count_without_participants"] = [],
            ["head_count_outside_insats"] =
            [
                $"INSERT INTO head_count (forbund_id, insats_id, calendar_year, half, gender, number_of_people) VALUES ({f.ForbundId}, {counted}, 2022, 0, 'man', 3)",
            ],
            ["delprojekt_after_insats"] = [],
            ["unlikely_age"] = ["UPDATE participant SET birth_year = 2020"],
            ["unknown_gender"] = ["UPDATE participant SET gender = 'unknown'"],
            ["codes_alike"] = [$"UPDATE participant SET code_key = CONCAT((SELECT o.code_key FROM participant o WHERE o.id = {gone}), 'ID', id) WHERE id = {person}"],
            ["insats_names_alike"] =
            [
                $"UPDATE insats SET name_key = CONCAT((SELECT MIN(o.name_key) FROM insats o WHERE o.id <> {top}), 'ID', id) WHERE id = {top}",
            ],
            ["erased_still_open"] = [$"UPDATE participant SET erased_at = '2024-05-01 00:00:00.000' WHERE id = {gone}"],
            ["erased_with_identity"] = [engine == "sqlite" ? "UPDATE participant SET name_encrypted = x'00'" : "UPDATE participant SET name_encrypted = 0x00"],
        };
        planted.Keys.ShouldBe(QualityChecks.Rules, ignoreOrder: true);
        foreach (var sql in planted.Values.SelectMany(s => s))
            await f.SqlAsync(sql);

        var checks = new QualityChecks(f.Test.Database);
        var missed = new StringBuilder();
        foreach (var result in await checks.RunAsync(f.ForbundId))
        {
            if (result.Findings.Count == 0)
                missed.Append(result.Rule).Append(' ');
        }

        missed.ToString().ShouldBeEmpty();
        (await checks.RunAsync(f.ForbundId + 1)).ShouldAllBe(r => r.Findings.Count == 0);
        var overlap = (await checks.RunAsync(f.ForbundId)).Single(r => r.Rule == "overlapping_participations").Findings.ShouldHaveSingleItem();
        (overlap.ParticipationId, overlap.ParticipantCode, overlap.Insats).ShouldBe((902, "A1", "Insam"));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Nothing_is_remarked_that_nobody_can_mend_or_that_counts_nowhere(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var insats = await f.InsatsAsync("Insam");
        var instrument = await f.InstrumentAsync();
        var mistake = await f.EnterAsync(await f.ParticipantAsync(), insats);
        var person = await f.ParticipantAsync("A2");
        var ended = await f.EnterAsync(person, insats);
        await f.SqlAsync(
            $"INSERT INTO assessment (id, forbund_id, participation_id, instrument_id, occasion, respondent, answered_on) VALUES (900, {f.ForbundId}, {mistake}, {instrument}, 'start', 'caseworker', '2023-01-12')"
        );
        await f.SqlAsync($"UPDATE instrument SET locked_at = '2024-01-01 00:00:00.000'");
        foreach (var stay in new[] { mistake, ended })
            await f.SqlAsync($"INSERT INTO livelihood_share (participation_id, occasion, livelihood, percent_share) VALUES ({stay}, 'before', 'lon', 60)");
        await f.SqlAsync($"UPDATE participation SET ended_on = '2024-03-01' WHERE id = {ended}");
        await f.SqlAsync("UPDATE participant SET birth_year = 2020, gender = 'unknown'");
        (await BrokenAsync()).ShouldBe(
            [
                "assessment_by_wrong_respondent",
                "assessment_outside_participation",
                "exit_without_reason",
                "livelihood_not_hundred",
                "unknown_gender",
                "unlikely_age",
            ],
            ignoreOrder: true);

        await f.Participations.MisregisterAsync(f.ForbundId, mistake, 1, "prov");
        await f.Test.Database.EraseAsync(f.ForbundId, person);
        (await BrokenAsync()).ShouldBeEmpty();

        async Task<IEnumerable<string>> BrokenAsync() =>
            (await new QualityChecks(f.Test.Database).RunAsync(f.ForbundId)).Where(r => r.Findings.Count > 0).Select(r => r.Rule);
    }
}
