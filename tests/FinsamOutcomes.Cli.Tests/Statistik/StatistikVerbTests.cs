using System.Text;
using System.Text.Json;
using FinsamOutcomes.Cli.Tests.Import;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Cli.Tests.Statistik;

public sealed class StatistikVerbTests
{
    [Fact]
    public async Task Every_figure_of_JOBS_II_comes_out_of_the_process_as_JSON()
    {
        using var finsam = await JobsTwoAsync();
        var positive = await JsonAsync(finsam, "positiva-avslut", "--by", "insats,gender");
        var gap = await JsonAsync(finsam, "konsskillnad", "--by", "insats");
        var assessments = await JsonAsync(finsam, "sjalvskattning", "--by", "insats,gender");
        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(SharedData.Path("jobs2/expected.json")));
        foreach (var group in expected.RootElement.EnumerateObject())
        {
            var (arm, who) = (group.Name.Split('|')[0], group.Name.Split('|')[1]);
            var insats = arm switch { "booklet" => "JOBS II broschyr", "workshop" => "JOBS II verkstad", _ => "alla" };
            var gender = who is "all" or "women_minus_men" ? "alla" : who;
            if (who == "women_minus_men")
            {
                Same(Cell(gap, "difference"), "value", "difference");
                Within(Cell(gap, "difference"), "newcombe95");
                Same(Cell(gap, "fisher_p"), "value", "fisher_p_two_sided");
                continue;
            }

            var share = Cell(positive, "share");
            Same(share, "value", "share");
            Same(share, "numerator", "positive");
            Same(share, "denominator", "n");
            Same(share, "n", "n");
            Within(share, "wilson95");
            share.GetProperty("state").GetString().ShouldBe("visas");
            foreach (
                var (statistic, name) in new[]
                {
                    ("mean_before", "before_mean"),
                    ("mean_after", "after_mean"),
                    ("mean_change", "change_mean"),
                    ("improved", "improved"),
                    ("unchanged", "unchanged"),
                    ("worse", "worse"),
                    ("wilcoxon_v", "wilcoxon_V"),
                    ("wilcoxon_p", "wilcoxon_p_normal_cc"),
                    ("n_paired", "n"),
                })
                Same(Cell(assessments, statistic), "value", name);
            Within(Cell(assessments, "mean_change"), "change_t95");

            void Within(JsonElement cell, string interval)
            {
                Near(cell.GetProperty("lower").GetDouble(), group.Value.GetProperty(interval)[0].GetDouble());
                Near(cell.GetProperty("upper").GetDouble(), group.Value.GetProperty(interval)[1].GetDouble());
            }

            void Same(JsonElement cell, string property, string name) =>
                Near(cell.GetProperty(property).GetDouble(), group.Value.GetProperty(name).GetDouble());

            JsonElement Cell(JsonElement cells, string statistic) =>
                cells
                    .EnumerateArray()
                    .Single(c =>
                        c.GetProperty("insats").GetString() == insats
                        && c.GetProperty("gender").GetString() == gender
                        && c.GetProperty("statistic").GetString() == statistic);
        }

        static void Near(double actual, double expected) => actual.ShouldBe(expected, Math.Abs(expected) * 5e-7);
    }

    [Fact]
    public async Task CSV_has_the_columns_of_JSON_with_semicolons_decimal_comma_and_a_byte_order_mark()
    {
        using var finsam = await JobsTwoAsync();
        var file = Path.Combine(finsam.Folder, "ut.csv");
        (await finsam.RunAsync("statistik", "positiva-avslut", "--from", "1991", "--by", "gender", "--format", "csv", "--out", file)).ExitCode.ShouldBe(0);
        var bytes = await File.ReadAllBytesAsync(file);
        bytes.Take(3).ShouldBe(Encoding.UTF8.Preamble.ToArray());
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        var json = await JsonAsync(finsam, "positiva-avslut", "--by", "gender");
        lines[0].Split(';').ShouldBe(json[0].EnumerateObject().Select(p => p.Name));
        lines[1]
            .ShouldBe(
                "positiva-avslut;arbete-eller-studier;share;1991-01-01;1991-12-31;alla;woman;0,2842323651452282;137;482;0,24579481603201225;0,3260819840564606;482;visas"
            );
    }

    [Fact]
    public async Task A_name_that_begins_like_a_formula_is_disarmed_in_CSV()
    {
        using var finsam = new FinsamProcess();
        (await finsam.RunAsync("init", "--forbund", "Prov")).ExitCode.ShouldBe(0);
        var insatser = finsam.File(
            "insatser.csv",
            "insats;overordnad;inriktning;uppfoljningsmetod;esf;startdatum;slutdatum;platser",
            "=1+1;;individinriktad;individ;nej;2024-01-01;;");
        var imported = await finsam.RunAsync("import", "insatser", insatser);
        imported.ExitCode.ShouldBe(0, imported.Error + imported.Output);
        var (_, output, _) = await finsam.RunAsync("statistik", "deltaganden", "--from", "2024", "--by", "insats", "--format", "csv");
        output.ShouldContain(";'=1+1;");
        output.ShouldNotContain(";=");
    }

    [Fact]
    public async Task The_table_says_unit_period_definition_and_that_it_is_internal_in_Swedish()
    {
        using var finsam = await JobsTwoAsync();
        var (exitCode, output, _) = await finsam.RunAsync("statistik", "positiva-avslut", "--from", "1991", "--by", "gender");
        exitCode.ShouldBe(0);
        output.ShouldContain("INTERNT UNDERLAG");
        output.ShouldContain("Enhet: avslut.");
        output.ShouldContain("Period:");
        output.ShouldContain("Positivt avslut: arbete eller studier.");
        var rows = output
            .Split('\n')
            .Select(l => l.TrimEnd())
            .Where(l => l.Contains(" av ", StringComparison.Ordinal) && l.Contains("Andel positiva", StringComparison.Ordinal))
            .ToList();
        rows.Select(r => r.Split(' ')[0]).ShouldBe(["Kvinnor", "Män", "Alla"]);
        rows[0].Replace('\u00A0', ' ').ShouldContain("28 %  137 av 482         25–33 %  482");
        var empty = await finsam.RunAsync("statistik", "positiva-avslut", "--from", "1992");
        empty.Output.ShouldContain("inget underlag");
        (await finsam.RunAsync("statistik", "forsorjning", "--from", "1991")).Output.ShouldContain("ej tillfrågad");
    }

    [Fact]
    public async Task A_share_of_fewer_than_ten_is_told_as_counts_without_an_interval()
    {
        using var finsam = new FinsamProcess();
        (await finsam.RunAsync("init", "--forbund", "Prov")).ExitCode.ShouldBe(0);
        await finsam.RunAsync(
            "import",
            "insatser",
            finsam.File(
                "insatser.csv",
                "insats;overordnad;inriktning;uppfoljningsmetod;esf;startdatum;slutdatum;platser",
                "Insam;;individinriktad;individ;nej;2024-01-01;;"));
        string[] rows = [.. Enumerable.Range(1, 9).Select(i => $"A{i};Insam;kvinna;1990;;2024-01-10;2024-06-01;{(i < 3 ? "arbete" : "sjukdom")}")];
        (
            await finsam.RunAsync(
                "import",
                "deltagare",
                finsam.File("deltagare.csv", ["deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning", .. rows]))
        ).ExitCode.ShouldBe(0);
        var (_, output, _) = await finsam.RunAsync("statistik", "positiva-avslut", "--from", "2024");
        output.ShouldContain("2 av 9  2 av 9");
        output.Split('\n').Single(l => l.Contains("2 av 9", StringComparison.Ordinal)).ShouldNotContain("%");
    }

    [Fact]
    public async Task The_list_explains_every_measure()
    {
        using var finsam = new FinsamProcess();
        var (exitCode, output, _) = await finsam.RunAsync("statistik", "--list");
        exitCode.ShouldBe(0);
        foreach (
            var measure in new[]
            {
                "deltaganden",
                "personer",
                "ko",
                "positiva-avslut",
                "konsskillnad",
                "genomstromning",
                "tid-i-insats",
                "tid-till-avslut",
                "forsorjning",
                "sysselsattning",
                "sjalvskattning",
            })
            output.ShouldContain($"{measure} – ");
        output.ShouldContain("--definition: arbete-eller-studier");
    }

    [Theory]
    [InlineData("Menar du positiva-avslut?", "positiva-avsult", "--from", "1991")]
    [InlineData("Menar du gender?", "ko", "--from", "1991", "--by", "gendre")]
    [InlineData("Menar du month?", "ko", "--from", "1991", "--per", "mnoth")]
    [InlineData("Menar du json?", "ko", "--from", "1991", "--format", "jsn")]
    [InlineData("Menar du JOBS II verkstad?", "ko", "--from", "1991", "--insats", "JOBS II verkstd")]
    [InlineData("är inget datum", "ko", "--from", "1991-02-30")]
    [InlineData("Ange perioden", "ko")]
    [InlineData("Ange ett mått")]
    public async Task What_is_misspelt_is_refused_with_the_nearest_word(string expected, params string[] arguments)
    {
        using var finsam = await JobsTwoAsync("insatser");
        var (exitCode, output, error) = await finsam.RunAsync(["statistik", .. arguments]);
        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain(expected);
    }

    private static async Task<FinsamProcess> JobsTwoAsync(params string[] kinds)
    {
        var finsam = new FinsamProcess();
        (await finsam.RunAsync("init", "--forbund", "JOBS")).ExitCode.ShouldBe(0);
        foreach (var kind in kinds.Length > 0 ? kinds : ["insatser", "instrument", "deltagare", "sjalvskattning"])
            (await finsam.RunAsync("import", kind, SharedData.Path($"jobs2/{kind}.csv"))).ExitCode.ShouldBe(0);
        return finsam;
    }

    private static async Task<JsonElement> JsonAsync(FinsamProcess finsam, string measure, params string[] arguments)
    {
        var (exitCode, output, error) = await finsam.RunAsync(["statistik", measure, "--from", "1991", "--to", "1991", "--format", "json", .. arguments]);
        exitCode.ShouldBe(0, error);
        return JsonDocument.Parse(output).RootElement;
    }
}
