using System.Globalization;
using System.Text.Json;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Reports;

/// <summary>The reports of JOBS II for 1991 against the source table, R's results and the rows in the database.</summary>
public sealed class JobsTwoReportTests
{
    private static readonly Dictionary<string, string> s_insatser = new(StringComparer.Ordinal)
    {
        ["all"] = "JOBS II",
        ["workshop"] = "– JOBS II verkstad",
        ["booklet"] = "– JOBS II broschyr",
    };
    private static readonly Dictionary<string, string> s_genders = new(StringComparer.Ordinal) { ["woman"] = "Kvinnor", ["man"] = "Män" };

    [Fact]
    public async Task The_annual_report_shows_the_shares_that_r_gives_by_insats_and_gender()
    {
        await using var fixture = await ReportFixture.JobsTwoAsync();
        var document = await fixture.BuildAsync(year: 1991);
        var people = People();
        var expected = Expected();
        var figure = document.Table("positiva-avslut-insats");
        foreach (var (arm, insats) in s_insatser)
        {
            foreach (var (gender, header) in s_genders)
            {
                var group = people.Where(p => (arm == "all" || p.Arm == arm) && p.Gender == gender).ToList();
                var r = expected[$"{arm}|{gender}"];
                ((long)group.Count).ShouldBe(r.GetProperty("n").GetInt64());
                figure.Cell(insats, header).Number!.Value.ShouldBe(r.GetProperty("share").GetDouble(), 1e-9);
                figure.Cell(insats, $"{header}, n").Number.ShouldBe(group.Count);
                figure.Cell(insats, $"{header}, antal").Number.ShouldBe(group.Count(p => p.Employed));
                figure
                    .Cell(insats, $"{header}, 95\u00A0% KI")
                    .Text.ShouldBe(Swedish.PercentRange(r.GetProperty("wilson95")[0].GetDouble(), r.GetProperty("wilson95")[1].GetDouble()));
                (await CountAsync(fixture, arm, gender, onlyPositive: false)).ShouldBe(group.Count);
                (await CountAsync(fixture, arm, gender, onlyPositive: true)).ShouldBe(group.Count(p => p.Employed));
            }

            var gap = expected[$"{arm}|women_minus_men"];
            var difference = document.Table("konsskillnad-insats");
            difference.Cell(insats, "Skillnad").Number!.Value.ShouldBe(gap.GetProperty("difference").GetDouble(), 1e-9);
            difference.Cell(insats, "p (Fisher)").Number!.Value.ShouldBe(gap.GetProperty("fisher_p_two_sided").GetDouble(), 1e-8);
            difference.Rows.Single(x => x.Cells[0].Text == insats).Cells.Select(c => c.Text).ShouldContain(
                $"{Points(gap.GetProperty("newcombe95")[0].GetDouble())} till {Points(gap.GetProperty("newcombe95")[1].GetDouble())}");
        }

        var all = expected["all|all"];
        var definitions = document.Table("positiva-avslut-definition");
        definitions.Rows[0].Cells[definitions.Columns.Count - 1].Number!.Value.ShouldBe(all.GetProperty("share").GetDouble(), 1e-9);
        var prose = ReportTables.Prose(document);
        prose.ShouldContain("33\u00A0% (293 av 899)");
        prose.ShouldContain("28\u00A0% (137 av 482)");
        prose.ShouldContain("37\u00A0% (156 av 417)");
        prose.ShouldContain("Kvinnornas andel är lägre än männens, mer än slumpen brukar ge: skillnaden (kvinnor minus män) är −9 procentenheter");

        string Points(double share) => Swedish.Number(share * 100, document.Table("konsskillnad-insats").Columns[1].Decimals);
    }

    [Fact]
    public async Task The_annual_report_shows_the_change_in_self_assessment_that_r_gives()
    {
        await using var fixture = await ReportFixture.JobsTwoAsync();
        var document = await fixture.BuildAsync(year: 1991);
        Changes(document.Table("sjalvskattning-forandring"), document.Table("sjalvskattning-battre-kon"), "all");
        var dumbbell = document.Table("sjalvskattning-kon");
        foreach (var (gender, label) in s_genders)
        {
            var row = dumbbell.Rows.Single(r => r.Cells[0].Text!.EndsWith(label, StringComparison.Ordinal));
            var r = Expected()[$"all|{gender}"];
            row.Cells[dumbbell.Column("Förändring")].Number!.Value.ShouldBe(Published(r, "change_mean"), 1e-9);
            row.Cells[dumbbell.Column("95\u00A0% konfidensintervall")]
                .Text.ShouldBe(
                    $"{Swedish.Number(r.GetProperty("change_t95")[0].GetDouble(), 2)} till {Swedish.Number(r.GetProperty("change_t95")[1].GetDouble(), 2)}");
        }
    }

    [Fact]
    public async Task The_report_of_each_insats_shows_what_r_gives_for_it()
    {
        await using var fixture = await ReportFixture.JobsTwoAsync();
        var document = await fixture.BuildAsync("projektredovisning", 1991);
        foreach (var (arm, label) in s_insatser)
        {
            var id = await fixture.InsatsIdAsync(label.Replace("– ", "", StringComparison.Ordinal));
            Changes(document.Table($"sjalvskattning-forandring-{id}"), document.Table($"sjalvskattning-battre-{id}"), arm);
            var all = Expected()[$"{arm}|all"];
            ReportTables
                .Prose(document)
                .ShouldContain(
                    $"{Swedish.Percent(all.GetProperty("share").GetDouble())} ({all.GetProperty("positive").GetInt32()} av {all.GetProperty("n").GetInt32()})");
        }
    }

    [Fact]
    public async Task Persons_and_participations_are_those_of_the_database()
    {
        await using var fixture = await ReportFixture.JobsTwoAsync();
        var document = await fixture.BuildAsync(year: 1991);
        var persons = document.Table("personer-kon");
        var women = await fixture.SqlAsync<long>("SELECT COUNT(*) FROM participant WHERE gender = 'woman'");
        persons.Cell("Deltagande i perioden", "Kvinnor").Number.ShouldBe(women);
        persons.Cell("Deltagande i perioden", "Män").Number.ShouldBe(People().Count(p => p.Gender == "man"));
        document
            .Table("deltaganden-insats")
            .Rows.Single(r => r.IsTotal)
            .Cells[^1]
            .Number.ShouldBe(await fixture.SqlAsync<long>("SELECT COUNT(*) FROM participation"));
        document.Table("deltaganden-insats").Cell("JOBS II", "Alla").Number.ShouldBe(899);
    }

    private static void Changes(ReportTable change, ReportTable parts, string arm)
    {
        var expected = Expected();
        foreach (var (gender, label) in s_genders.Append(new("all", "Alla")))
        {
            var r = expected[$"{arm}|{gender}"];
            var row = Row(change, label);
            row[change.Column("Svar båda gångerna")].Number.ShouldBe(r.GetProperty("n").GetInt32());
            row[change.Column("Medel före")].Number!.Value.ShouldBe(Published(r, "before_mean"), 1e-9);
            row[change.Column("Medel efter")].Number!.Value.ShouldBe(Published(r, "after_mean"), 1e-9);
            row[change.Column("Medelförändring")].Number!.Value.ShouldBe(Published(r, "change_mean"), 1e-9);
            var p = r.GetProperty("wilcoxon_p_normal_cc").GetDouble();
            row[change.Column("p (Wilcoxon)")].Number!.Value.ShouldBe(p, p * 1e-6);
            var part = Row(parts, label);
            Same(part[parts.Column("Förbättrade")], Seen(r, "improved"));
            Same(part[parts.Column("Försämrade")], Seen(r, "worse"));
            if (parts.Columns.Any(c => c.Header == "Oförändrade"))
                Same(part[parts.Column("Oförändrade")], Seen(r, "unchanged"));
            else
                parts.Notes.ShouldContain("Oförändrade: visas inte, eftersom de flesta talen är för små.");
        }

        static IReadOnlyList<ReportCell> Row(ReportTable table, string gender) => table.Rows.Single(r => r.Cells[1].Text == gender).Cells;

        // Beside a small number another of its sum is hidden.
        static void Same(ReportCell cell, double? expected) => cell.Number.ShouldBe(cell.State == CellState.Protecting ? null : expected);

        // 1–4 is hidden.
        static double? Seen(JsonElement r, string name) => r.GetProperty(name).GetInt32() is var n and (0 or >= 5) ? n : null;
    }

    // Of a hundred and more a mean has two decimals, in the file as on paper.
    private static double Published(JsonElement r, string name) => Math.Round(r.GetProperty(name).GetDouble(), 2, MidpointRounding.AwayFromZero);

    private static Dictionary<string, JsonElement> Expected() =>
        JsonDocument
            .Parse(File.ReadAllText(SharedData.Path("jobs2/expected.json")))
            .RootElement.EnumerateObject()
            .ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);

    private static List<(string Arm, string Gender, bool Employed)> People() =>
        [.. File.ReadLines(SharedData.Path("jobs2/jobs2.csv")).Skip(1).Select(l => l.Split(',')).Select(f => (f[1], f[2], f[8] == "1"))];

    private static Task<int> CountAsync(ReportFixture fixture, string arm, string gender, bool onlyPositive) =>
        fixture.SqlAsync<int>(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                SELECT COUNT(*) FROM participation p JOIN participant d ON d.id = p.participant_id JOIN insats i ON i.id = p.insats_id
                WHERE p.ended_on BETWEEN '1991-01-01' AND '1991-12-31' AND d.gender = '{gender}'
                  AND i.name LIKE '{(
                    arm == "all" ? "JOBS II%"
                    : arm == "workshop" ? "%verkstad"
                    : "%broschyr")}'
                  AND ({(onlyPositive ? 0 : 1)} = 1 OR p.exit_reason IN ('arbete', 'studier'))
                """
            ));
}
