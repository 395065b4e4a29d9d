using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Measures;

/// <summary>
/// Tables that förbund have printed, registered as participations and counted again. Where the printed per cent is a
/// misprint the test says so and keeps to the counts.
/// </summary>
public sealed class PublishedTableTests
{
    private const MeasureDimensions Gender = MeasureDimensions.Gender;

    [Theory, ClassData(typeof(Engines))]
    public async Task SUVS_2022_has_41_per_cent_to_work_or_studies_where_the_report_cut_it_to_40(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var suvs = register.Insats("SUVS");
        // 127 of the 183 ended, 52 of them to work or studies. How they fall on women and men isn't printed.
        register.Participations_of(30, "woman", suvs, "2022-01-10", "2022-11-30", "arbete");
        register.Participations_of(22, "man", suvs, "2022-01-10", "2022-11-30", "studier");
        register.Participations_of(40, "woman", suvs, "2022-01-10", "2022-11-30", "fortsatt_rehabilitering");
        register.Participations_of(35, "man", suvs, "2022-01-10", "2022-11-30", "sjukdom");
        register.Participations_of(27, "woman", suvs, "2022-01-10", null, null);
        register.Participations_of(29, "man", suvs, "2022-01-10", null, null);
        await register.SaveAsync();

        var persons = (await register.ComputeAsync("personer", "2022-01-01", "2022-12-31", Gender))
            .Where(c => c.Statistic == "in_period")
            .ToDictionary(c => c.Gender, c => c.Value);
        (persons["woman"], persons["man"], persons["alla"]).ShouldBe((97, 86, 183));
        var share = (await register.ComputeAsync("positiva-avslut", "2022-01-01", "2022-12-31")).Single();
        (share.Numerator, share.Denominator).ShouldBe((52, 127));
        Rounding.Percent(share.Value!.Value).ShouldBe(41);
        // The printed figure is the same share with its decimals cut off.
        Math.Truncate(share.Value.Value * 100).ShouldBe(40);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Umea_2022_gives_its_throughput_and_solutions_and_15_per_cent_studies_where_19_was_printed(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var insats = register.Insats("Umeåregionens insatser");
        register.Participations_of(68, "woman", insats, "2021-09-01", "2022-06-30", "arbete");
        register.Participations_of(27, "man", insats, "2021-09-01", "2022-06-30", "studier");
        register.Participations_of(179 - 68 - 27, "woman", insats, "2021-09-01", "2022-06-30", "arbetssokande");
        register.Participations_of(271 - 179, "man", insats, "2021-09-01", "2022-06-30", "fortsatt_rehabilitering");
        register.Participations_of(705 - 271, "woman", insats, "2021-09-01", null, null);
        await register.SaveAsync();

        await IsAsync("genomstromning", null, 271, 705, 38);
        await IsAsync("positiva-avslut", "positiv-losning", 179, 271, 66);
        var reasons = (await register.ComputeAsync("avslutsorsaker", "2022-01-01", "2022-12-31"))
            .Where(c => c.Statistic == "count")
            .ToDictionary(c => c.Category!, c => (long)c.Value!.Value);
        Rounding.Percent(Share.Of(reasons["arbete"], 179).Value!.Value).ShouldBe(38);
        // Printed as 19 %; 27 of 179 is 15 %.
        Rounding.Percent(Share.Of(reasons["studier"], 179).Value!.Value).ShouldBe(15);

        async Task IsAsync(string measure, string? definition, long numerator, long denominator, int printed)
        {
            var cell = (await register.ComputeAsync(measure, "2022-01-01", "2022-12-31", definition: definition)).Single();
            (cell.Numerator, cell.Denominator).ShouldBe((numerator, denominator));
            Rounding.Percent(cell.Value!.Value).ShouldBe(printed);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Umea_2022_satisfaction_is_a_share_of_those_who_answered(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var insats = register.Insats("Umeåregionens insatser");
        // Satisfied is a mark of 6 or more after 5 at the start: those who improved are then those who were satisfied.
        (int Yes, int Of, int Printed)[] rows = [(117, 133, 88), (127, 133, 95), (128, 132, 97), (119, 132, 90), (75, 95, 79)];
        int[] instruments = [.. rows.Select((_, i) => register.Instrument($"Nöjd{i}", $"fraga{i}"))];
        for (var person = 0; person < 133; person++)
        {
            var stay = register.Participation(register.Person(person % 2 == 0 ? "woman" : "man"), insats, "2022-01-10", "2022-11-01", "studier");
            for (var i = 0; i < rows.Length; i++)
            {
                if (person >= rows[i].Of)
                    continue;
                register.Assessment(stay, instruments[i], "start", "2022-01-10", 5);
                register.Assessment(stay, instruments[i], "exit", "2022-11-01", person < rows[i].Yes ? 8 : 4);
            }
        }

        await register.SaveAsync();
        var cells = await register.ComputeAsync("sjalvskattning", "2022-01-01", "2022-12-31");
        for (var i = 0; i < rows.Length; i++)
        {
            var share = cells.Single(c => c.Definition == $"Nöjd{i}" && c.Statistic == "share_improved");
            (share.Numerator, share.Denominator).ShouldBe((rows[i].Yes, rows[i].Of));
            Rounding.Percent(share.Value!.Value).ShouldBe(rows[i].Printed);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Vastmanland_2012_to_2014_has_100_participants_86_finished_and_24_then_19_per_cent_on_full_sick_leave(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var insats = register.Insats("Coachning som rehabiliteringsmetod");
        for (var i = 0; i < 100; i++)
        {
            var stay = register.Participation(
                register.Person(i < 74 ? "woman" : "man"),
                insats,
                "2012-03-01",
                i < 86 ? "2014-05-31" : null,
                i < 86 ? "fortsatt_rehabilitering" : null);
            if (i >= 86)
                continue;
            // 21 on sick leave at exit, seen as 'before'; 16 after twelve months.
            register.Livelihood(stay, "before", i < 21 ? "sjukpenning" : "lon");
            register.Livelihood(stay, "after", i < 16 ? "sjukpenning" : "lon");
        }

        await register.SaveAsync();
        var persons = (await register.ComputeAsync("personer", "2012-01-01", "2014-12-31", Gender))
            .Where(c => c.Statistic == "in_period")
            .ToDictionary(c => c.Gender, c => c.Value);
        (persons["woman"], persons["man"], persons["alla"]).ShouldBe((74, 26, 100));
        var livelihood = await register.ComputeAsync("forsorjning", "2012-01-01", "2014-12-31");
        livelihood.Single(c => c.Statistic == "n_paired").Value.ShouldBe(86);
        var before = livelihood.Single(c => c.Statistic == "share_before" && c.Category == "ill_health");
        var after = livelihood.Single(c => c.Statistic == "share_after" && c.Category == "ill_health");
        (before.Numerator, Rounding.Percent(before.Value!.Value)).ShouldBe((21, 24));
        (after.Numerator, Rounding.Percent(after.Value!.Value)).ShouldBe((16, 19));
        livelihood.Single(c => c.Statistic == "transition" && c.FromCategory == "ill_health" && c.Category == "own").Value.ShouldBe(5);
        // Fewer days of sick leave after twelve months: 69 of 86.
        Rounding.Percent(Share.Of(69, 86).Value!.Value).ShouldBe(80);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Lund_2024_costs_add_up_from_delprojekt_to_insats_to_14060_where_14065_was_printed(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var iris = register.Insats("IRIS (Övergripande)");
        (string Name, int Thousands, bool IsDelprojekt)[] rows =
        [
            ("USB", 1380, true),
            ("VSB", 2380, true),
            ("Insam", 2360, true),
            ("Kompetenstrappan", 2380, true),
            ("SydÖst", 1040, true),
            ("Höganäs", 650, true),
            ("AKTIV", 370, false),
            ("Hållbart näringsliv/arbetsmarknad", 200, false),
            ("Administration", 1500, false),
            ("Utvärderingar", 200, false),
        ];
        register.Year(iris, 2024, 1_600_000, 1_600_000);
        foreach (var row in rows)
        {
            var insats = register.Insats(row.Name, row.IsDelprojekt ? iris : null);
            register.Year(insats, 2024, row.Thousands * 1000, row.Thousands * 1000);
            register.Participations_of(1, "woman", insats, "2024-02-01", null, null);
        }

        await register.SaveAsync();
        var cells = (await register.ComputeAsync("kostnad-per-deltagande", "2024-01-01", "2024-12-31", MeasureDimensions.Insats)).ToDictionary(c => c.Insats);
        cells["IRIS (Övergripande)"].Numerator.ShouldBe(11_790_000);
        cells["Insam"].Numerator.ShouldBe(2_360_000);
        // The printed total is 14 065: five thousand more than its rows.
        cells["alla"].Numerator.ShouldBe(14_060_000);
        cells["alla"].Value.ShouldBe(1_406_000);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Skaraborg_2022_shares_stand_beside_how_many_were_asked(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var insats = register.Insats("Stoppa våldet");
        var instrument = register.Instrument("Våld", "nara_relation");
        // 'Drygt 300' took part and not all were asked. The report has no counts of answers: 100 women and 80 men are ours.
        for (var i = 0; i < 305; i++)
        {
            var woman = i % 2 == 0;
            var stay = register.Participation(register.Person(woman ? "woman" : "man"), insats, "2022-01-10", "2022-12-01", "fortsatt_rehabilitering");
            var answered = i / 2 < (woman ? 100 : 80);
            if (!answered)
                continue;
            register.Assessment(stay, instrument, "start", "2022-01-10", 1);
            register.Assessment(stay, instrument, "exit", "2022-12-01", i / 2 < (woman ? 62 : 44) ? 2 : 1);
        }

        await register.SaveAsync();
        var cells = await register.ComputeAsync("sjalvskattning", "2022-01-01", "2022-12-31", Gender);
        Rounding.Percent(cells.Single(c => c.Gender == "woman" && c.Statistic == "share_improved").Value!.Value).ShouldBe(62);
        Rounding.Percent(cells.Single(c => c.Gender == "man" && c.Statistic == "share_improved").Value!.Value).ShouldBe(55);
        var answers = cells.Single(c => c.Gender == "alla" && c.Statistic == "n_paired").Value!.Value;
        var asked = (await register.ComputeAsync("deltaganden", "2022-01-01", "2022-12-31")).Single(c => c.Statistic == "ended").Value!.Value;
        Rounding.Percent(answers / asked).ShouldBe(59);
    }
}
