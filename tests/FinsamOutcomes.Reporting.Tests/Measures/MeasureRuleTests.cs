using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Measures;

/// <summary>The rules of who is counted where, one at a time.</summary>
public sealed class MeasureRuleTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task A_person_in_two_insatser_is_one_person_and_two_participations(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var (a, b) = (register.Insats("A"), register.Insats("B"));
        var person = register.Person("woman");
        register.Participation(person, a, "2024-01-10");
        register.Participation(person, b, "2024-02-10");
        await register.SaveAsync();

        (await ValueAsync(register, "deltaganden")).ShouldBe(2);
        (await ValueAsync(register, "personer")).ShouldBe(1);
        (await register.ComputeAsync("personer", "2024-01-01", "2024-12-31", MeasureDimensions.Insats))
            .Where(c => c.Statistic == "in_period")
            .Select(c => c.Value)
            .ShouldBe([1, 1, 1]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Reports_use_the_forbunds_own_words_for_codes_and_other_forbund_keep_the_shared_ones(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var other = await SmallRegister.InAsync(test, "Ett annat");
        foreach (
            var (list, code, label) in new[]
            {
                (CodeList.Referrer, "skola", "Gymnasieskolan"),
                (CodeList.EducationLevel, "gymnasium", "Gymnasiet"),
                (CodeList.ExitReason, "studier", "Började studera"),
                (CodeList.Livelihood, "lon", "Egen lön"),
            })
            await new CodeListStore(test.Database).ChooseAsync(
                new CodeListChange
                {
                    ForbundId = register.ForbundId,
                    List = list,
                    Values =
                    [
                        new CodeChoice
                        {
                            Code = code,
                            IsOffered = true,
                            Label = label,
                            Version = 0,
                        },
                    ],
                });

        var own = await MeasureLabels.OfAsync(register.Database, register.ForbundId);
        (own.Of("referrer", "skola"), own.Of("education", "gymnasium"), own.Of("exit_reason", "studier")).ShouldBe(
            ("Gymnasieskolan", "Gymnasiet", "Började studera"));
        var shared = await MeasureLabels.OfAsync(other.Database, other.ForbundId);
        (shared.Of("referrer", "skola"), shared.Of("exit_reason", "studier")).ShouldBe(("Skolan", "Studier"));
        own.Codes("livelihood").Select(c => c.Label).ShouldBe(shared.Codes("livelihood").Select(c => c.Label));
        own.Codes("exit_reason").Select(c => c.Code).ShouldBe(shared.Codes("exit_reason").Select(c => c.Code));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task An_insats_holds_its_delprojekt_and_can_be_looked_at_alone(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var iris = register.Insats("IRIS");
        var (insam, other) = (register.Insats("Insam", iris), register.Insats("Annat"));
        register.Participations_of(2, "woman", iris, "2024-01-10", null, null);
        register.Participations_of(3, "man", insam, "2024-01-10", null, null);
        register.Participations_of(5, "man", other, "2024-01-10", null, null);
        await register.SaveAsync();

        var all = (await register.ComputeAsync("deltaganden", "2024-01-01", "2024-12-31", MeasureDimensions.Insats))
            .Where(c => c.Statistic == "in_period")
            .Select(c => (c.Insats, c.Value));
        all.ShouldBe([("Annat", 5d), ("IRIS", 5d), ("Insam", 3d), ("alla", 10d)]);
        var one = (await register.ComputeAsync("deltaganden", "2024-01-01", "2024-12-31", MeasureDimensions.Insats, insats: "iris"))
            .Where(c => c.Statistic == "in_period")
            .Select(c => (c.Insats, c.Value));
        one.ShouldBe([("Insam", 3d), ("IRIS", 5d)]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Misregistration_is_left_out_of_every_measure(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var insats = register.Insats("A");
        var instrument = register.Instrument("NNS", "oro");
        var stay = register.Participation(register.Person("woman"), insats, "2024-01-10", "2024-05-01", "felregistrering", queued: "2023-12-01");
        register.Occupation(stay, "before", 0, 0);
        register.Occupation(stay, "after", 50, 0);
        register.Livelihood(stay, "before", "sjukpenning");
        register.Livelihood(stay, "after", "lon");
        register.Assessment(stay, instrument, "start", "2024-01-10", 3);
        register.Assessment(stay, instrument, "exit", "2024-05-01", 5);
        await register.SaveAsync();

        foreach (var measure in MeasureCatalogue.All)
        {
            var cells = await register.ComputeAsync(measure.Name, "2024-01-01", "2024-12-31");
            cells.ShouldNotBeEmpty();
            cells.ShouldAllBe(c => (c.Value ?? 0) == 0 && (c.N ?? 0) == 0 && (c.Denominator ?? 0) == 0);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Head_counts_are_added_to_persons_by_year_and_gender_and_never_to_outcomes(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var (a, b) = (register.Insats("A"), register.Insats("B"));
        register.Participations_of(2, "woman", a, "2023-03-01", "2023-09-01", "arbete");
        register.HeadCount(a, 2023, 0, "woman", 40);
        register.HeadCount(a, 2023, 0, "man", 10);
        register.HeadCount(b, 2023, 1, "man", 3);
        register.HeadCount(b, 2023, 2, "man", 4);
        await register.SaveAsync();

        var year = await PersonsAsync("2023-01-01", "2023-12-31");
        (year["woman", "in_period"].Value, year["woman", "anonymous"].Value).ShouldBe((42, 40));
        (year["man", "in_period"].Value, year["alla", "in_period"].Value, year["alla", "anonymous"].Value).ShouldBe((17, 59, 57));
        (await ValueAsync(register, "deltaganden", "2023-01-01", "2023-12-31")).ShouldBe(2);
        (await register.ComputeAsync("positiva-avslut", "2023-01-01", "2023-12-31")).Single().Denominator.ShouldBe(2);

        // A half-year is known for B only: A was reported for the whole year, so that the sum can't be told.
        var half = await PersonsAsync("2023-07-01", "2023-12-31");
        half["alla", "anonymous"].State.ShouldBe(CellState.NoData);
        half["alla", "in_period"].State.ShouldBe(CellState.NoData);
        half["alla", "new"].Value.ShouldBe(0);
        half["alla", "ongoing_at_end"].Value.ShouldBe(0);
        (await register.ComputeAsync("personer", "2023-07-01", "2023-12-31", insats: "B")).Single(c => c.Statistic == "anonymous").Value.ShouldBe(4);
        (await register.ComputeAsync("personer", "2023-07-01", "2023-07-31", insats: "B"))
            .Single(c => c.Statistic == "anonymous")
            .State.ShouldBe(CellState.NoData);
        (await PersonsAsync("2022-01-01", "2023-12-31"))["alla", "anonymous"].Value.ShouldBe(57);

        async Task<PersonCells> PersonsAsync(string from, string to) => new(await register.ComputeAsync("personer", from, to, MeasureDimensions.Gender));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Persons_have_no_number_where_a_count_cannot_be_placed_and_none_of_unknown_gender_is_none(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var (team, door) = (register.Insats("Team"), register.Insats("Dörren", isCounted: true));
        register.Participations_of(6, "woman", team, "2024-01-10", null, null);
        foreach (var (half, woman) in new[] { (1, 20), (2, 30) })
        {
            register.HeadCount(door, 2024, half, "woman", woman);
            register.HeadCount(door, 2024, half, "unknown", 0);
        }

        await register.SaveAsync();
        foreach (var per in new[] { PeriodKind.Month, PeriodKind.Quarter, PeriodKind.Tertial })
        {
            var cells = (await register.ComputeAsync("personer", "2024-01-01", "2024-12-31", MeasureDimensions.Gender, per)).ToLookup(c =>
                (c.Gender, c.Statistic));
            cells[("woman", "in_period")]
                .Concat(cells[("alla", "in_period")])
                .Concat(cells[("woman", "anonymous")])
                .ShouldAllBe(c => c.State == CellState.NoData && c.Value == null);
            cells[("unknown", "in_period")]
                .Concat(cells[("unknown", "anonymous")])
                .Concat(cells[("man", "in_period")])
                .ShouldAllBe(c => c.State == CellState.Shown && c.Value == 0);
            cells[("woman", "ongoing_at_end")].ShouldAllBe(c => c.Value == 6);
        }

        (await register.ComputeAsync("personer", "2023-02-01", "2024-12-31", MeasureDimensions.Gender))
            .Single(c => c.Gender == "woman" && c.Statistic == "in_period")
            .ShouldSatisfyAllConditions(c => c.Value.ShouldBe(56), c => c.IsAtMost.ShouldBeTrue());
        var halves = (await register.ComputeAsync("personer", "2024-01-01", "2024-12-31", per: PeriodKind.Half))
            .Where(c => c.Statistic == "in_period")
            .ToList();
        halves.Select(c => (c.Value, c.IsAtMost)).ShouldBe([(26d, false), (36d, false)]);
        (await register.ComputeAsync("personer", "2024-01-01", "2024-12-31", per: PeriodKind.Rolling12))
            .Where(c => c.Statistic == "in_period")
            .Select(c => c.State)
            .ShouldBe([.. Enumerable.Repeat(CellState.NoData, 5), CellState.Shown, .. Enumerable.Repeat(CellState.NoData, 5), CellState.Shown]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Who_came_to_a_structural_insats_is_no_participant_and_has_a_number_of_its_own(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var (team, network) = (register.Insats("Team"), register.Insats("Nätverket", isStructural: true));
        register.Participations_of(6, "woman", team, "2024-01-10", null, null);
        register.HeadCount(network, 2024, 0, "woman", 218);
        await register.SaveAsync();

        var year = (await register.ComputeAsync("personer", "2024-01-01", "2024-12-31")).ToDictionary(c => c.Statistic);
        (year["in_period"].Value, year["anonymous"].Value, year["structural"].Value).ShouldBe((6, 0, 218));
        var one = (await register.ComputeAsync("personer", "2024-01-01", "2024-12-31", insats: "Nätverket")).ToDictionary(c => c.Statistic);
        (one["in_period"].State, one["anonymous"].State, one["structural"].Value).ShouldBe((CellState.NoData, CellState.NoData, 218));
        var ages = (await register.ComputeAsync("personer", "2024-01-01", "2024-12-31", MeasureDimensions.Age)).ToLookup(c => (c.AgeGroup, c.Statistic));
        (ages[("30-44", "in_period")].Single().Value, ages[("30-44", "structural")].Single().State).ShouldBe((6, CellState.NoData));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Exits_without_what_the_definition_needs_are_told_with_the_share_they_lower(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var insats = register.Insats("A");
        for (var i = 0; i < 5; i++)
        {
            var stay = register.Participation(register.Person("woman"), insats, "2024-01-10", "2024-03-01", i == 0 ? null : i == 1 ? "flyttat" : "arbete");
            if (i < 2)
                continue;
            register.Occupation(stay, "before", 0, 0);
            if (i > 2)
                register.Occupation(stay, "after", 50, 0);
        }

        await register.SaveAsync();
        (await CellAsync(null, null)).ShouldSatisfyAllConditions(
            c => (c.Numerator, c.Denominator).ShouldBe((3, 5)),
            c => c.Missing.ShouldBe(new MissingExits(1)));
        (await CellAsync("borjade-eller-okade", null)).ShouldSatisfyAllConditions(
            c => (c.Numerator, c.Denominator).ShouldBe((2, 5)),
            c => c.Missing.ShouldBe(new MissingExits(3)));
        (await CellAsync("borjade-eller-okade", "avslutade-utom-neutrala")).ShouldSatisfyAllConditions(
            c => (c.Numerator, c.Denominator).ShouldBe((2, 4)),
            c => c.Missing.ShouldBe(new MissingExits(2)));

        async Task<MeasureCell> CellAsync(string? definition, string? denominator) =>
            (await register.ComputeAsync("positiva-avslut", "2024-01-01", "2024-12-31", definition: definition, denominator: denominator)).Single();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Months_sum_to_the_year_for_new_and_ended_and_genders_to_all(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var insats = register.Insats("A");
        for (var i = 0; i < 40; i++)
        {
            var start = new DateOnly(2023, 6, 1).AddDays(i * 13);
            register.Participation(
                register.Person(
                    i % 3 == 0 ? "unknown"
                    : i % 3 == 1 ? "woman"
                    : "man"),
                insats,
                $"{start:yyyy-MM-dd}",
                $"{start.AddDays(60):yyyy-MM-dd}",
                "arbete");
        }

        await register.SaveAsync();
        var year = await register.ComputeAsync("deltaganden", "2024-01-01", "2024-12-31", MeasureDimensions.Gender);
        foreach (var per in new[] { PeriodKind.Month, PeriodKind.Quarter, PeriodKind.Tertial, PeriodKind.Half })
        {
            var parts = await register.ComputeAsync("deltaganden", "2024-01-01", "2024-12-31", MeasureDimensions.Gender, per);
            foreach (var cell in year.Where(c => c.Statistic is "new" or "ended"))
                parts.Where(c => c.Statistic == cell.Statistic && c.Gender == cell.Gender).Sum(c => c.Value).ShouldBe(cell.Value);
        }

        foreach (var statistic in year.GroupBy(c => c.Statistic))
            statistic.Where(c => c.Gender != MeasureCell.All).Sum(c => c.Value).ShouldBe(statistic.Single(c => c.Gender == MeasureCell.All).Value);
        var rolling = await register.ComputeAsync("deltaganden", "2024-01-01", "2024-12-31", per: PeriodKind.Rolling12);
        rolling.Select(c => c.PeriodTo).Distinct().Count().ShouldBe(12);
        rolling
            .Where(c => c.PeriodTo == new DateOnly(2024, 12, 31))
            .Select(c => c.Value)
            .ShouldBe(year.Where(c => c.Gender == MeasureCell.All).Select(c => c.Value));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_share_of_zero_exits_has_no_data_and_no_exit_to_work_is_zero_per_cent(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var (a, b) = (register.Insats("A"), register.Insats("B"));
        register.Participations_of(3, "woman", a, "2024-01-10", "2024-03-01", "sjukdom");
        register.Participations_of(1, "woman", b, "2024-01-10", null, null);
        await register.SaveAsync();

        var cells = (await register.ComputeAsync("positiva-avslut", "2024-01-01", "2024-12-31", MeasureDimensions.Insats)).ToDictionary(c => c.Insats);
        (cells["A"].State, cells["A"].Value).ShouldBe((CellState.Shown, 0));
        (cells["B"].State, cells["B"].Value).ShouldBe((CellState.NoData, null));
        (await register.ComputeAsync("konsskillnad", "2024-01-01", "2024-12-31")).ShouldAllBe(c => c.State == CellState.NoData && c.N == 3);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task What_was_never_asked_is_told_from_what_was_not_answered(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var (asking, silent) = (register.Insats("Frågar"), register.Insats("Frågar inte"));
        var instrument = register.Instrument("NNS", "oro");
        var stay = register.Participation(register.Person("woman"), asking, "2024-01-10", "2024-03-01", "arbete");
        register.Assessment(stay, instrument, "start", "2024-01-10", 4);
        register.Assessment(stay, instrument, "exit", "2024-03-01", null);
        register.Livelihood(stay, "before", "sjukpenning");
        register.Participations_of(1, "woman", silent, "2024-01-10", "2024-03-01", "arbete");
        await register.SaveAsync();

        var assessments = await register.ComputeAsync("sjalvskattning", "2024-01-01", "2024-12-31", MeasureDimensions.Insats);
        assessments.Where(c => c.Insats == "Frågar inte").ShouldAllBe(c => c.State == CellState.NotAsked && c.Value == null);
        assessments.Single(c => c.Insats == "Frågar" && c.Statistic == "mean_change").State.ShouldBe(CellState.NoData);
        assessments.Single(c => c.Insats == "Frågar" && c.Statistic == "n_start_only").Value.ShouldBe(1);
        assessments.Single(c => c.Insats == "Frågar" && c.Statistic == "n_start_only_positive").Value.ShouldBe(1);
        var livelihood = (await register.ComputeAsync("forsorjning", "2024-01-01", "2024-12-31", MeasureDimensions.Insats))
            .Where(c => c.Statistic == "share_before" && c.Category == "own")
            .ToDictionary(c => c.Insats);
        livelihood["Frågar"].State.ShouldBe(CellState.NoData);
        livelihood["Frågar inte"].State.ShouldBe(CellState.NotAsked);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task The_first_start_is_paired_with_the_last_exit_and_the_largest_share_is_the_livelihood(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var insats = register.Insats("A");
        var instrument = register.Instrument("NNS", "oro");
        var stay = register.Participation(register.Person("woman"), insats, "2024-01-10", "2024-06-01", "arbete");
        register.Assessment(stay, instrument, "start", "2024-02-01", 9);
        register.Assessment(stay, instrument, "start", "2024-01-10", 3);
        register.Assessment(stay, instrument, "exit", "2024-05-01", 1);
        register.Assessment(stay, instrument, "exit", "2024-06-01", 8);
        register.Assessment(stay, instrument, "followup", "2024-03-01", 10);
        register.Livelihood(stay, "before", "sjukpenning", 40);
        register.Livelihood(stay, "before", "ekonomiskt_bistand", 60);
        register.Livelihood(stay, "after", "lon", 50);
        register.Livelihood(stay, "after", "a_kassa", 50);
        await register.SaveAsync();

        var assessment = (await register.ComputeAsync("sjalvskattning", "2024-01-01", "2024-12-31")).ToDictionary(c => c.Statistic, c => c.Value);
        (assessment["mean_before"], assessment["mean_after"], assessment["improved"]).ShouldBe((3, 8, 1));
        var moves = (await register.ComputeAsync("forsorjning", "2024-01-01", "2024-12-31"))
            .Where(c => c.Statistic == "transition" && c.Value > 0)
            .ShouldHaveSingleItem();
        // Equal shares: the code list has a_kassa before lon.
        (moves.FromCategory, moves.Category).ShouldBe(("income_support", "labour_market"));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Days_are_counted_over_leap_days_and_those_still_in_hold_the_median_up(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var insats = register.Insats("A");
        register.Participations_of(1, "woman", insats, "2024-02-28", "2024-03-01", "arbete");
        register.Participations_of(1, "woman", insats, "2023-12-31", "2024-01-01", "arbete");
        register.Participations_of(1, "woman", insats, "2023-02-28", "2024-03-01", "arbete");
        register.Participations_of(4, "woman", insats, "2024-01-01", null, null);
        await register.SaveAsync();

        var cells = (await register.ComputeAsync("tid-i-insats", "2024-01-01", "2024-12-31")).ToDictionary(c => c.Statistic);
        // 2, 1 and 367 days.
        (cells["median_days_ended"].Value, cells["median_days_ended"].N).ShouldBe((2, 3));
        (cells["median_days"].Value, cells["median_days"].N).ShouldBe((367, 7));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Who_had_been_in_for_long_when_the_period_began_does_not_make_the_time_look_longer(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var insats = register.Insats("A");
        // Every month five come; four of them stay 100 days, the fifth 700. On New Year's Day the fifths of two years are still in.
        for (var month = new DateOnly(2021, 1, 15); month < new DateOnly(2025, 1, 1); month = month.AddMonths(1))
        {
            register.Participations_of(4, "woman", insats, $"{month:yyyy-MM-dd}", $"{month.AddDays(100):yyyy-MM-dd}", "arbete");
            register.Participations_of(1, "woman", insats, $"{month:yyyy-MM-dd}", $"{month.AddDays(700):yyyy-MM-dd}", "arbete");
        }

        await register.SaveAsync();
        foreach (var per in new[] { PeriodKind.Month, PeriodKind.Quarter, PeriodKind.Tertial, PeriodKind.Half, PeriodKind.Year, PeriodKind.Rolling12 })
            (await register.ComputeAsync("tid-i-insats", "2024-01-01", "2024-12-31", per: per))
                .Where(c => c.Statistic == "median_days")
                .ShouldAllBe(c => c.Value == 100);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Nobody_is_followed_further_than_to_today_though_the_period_is_longer(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine, FixedClock.At("2024-05-10"));
        var register = await SmallRegister.InAsync(test);
        var insats = register.Insats("A");
        register.Participations_of(2, "woman", insats, "2024-04-20", null, null);
        register.Participations_of(1, "woman", insats, "2024-01-01", "2024-01-31", "arbete");
        register.Participations_of(1, "woman", insats, "2024-03-01", "2024-04-30", "arbete");
        register.Participations_of(1, "woman", insats, "2024-01-01", null, null);
        await register.SaveAsync();

        // Two are followed for 20 days, not for 255: of the three others one leaves after 30 days and one after 60.
        (await register.ComputeAsync("tid-i-insats", "2024-01-01", "2024-12-31")).Single(c => c.Statistic == "median_days").Value.ShouldBe(60);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_period_that_has_not_begun_has_no_number_and_one_that_goes_on_says_so(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine, FixedClock.At("2024-11-27"));
        var register = await SmallRegister.InAsync(test);
        var insats = register.Insats("A");
        register.Participations_of(7, "woman", insats, "2024-04-20", null, null);
        register.Participation(register.Person("man"), insats, null, queued: "2024-05-01");
        await register.SaveAsync();
        foreach (
            var (measure, per, last) in new[]
            {
                ("deltaganden", PeriodKind.Month, "2024-11-30"),
                ("ko", PeriodKind.Month, "2024-11-30"),
                ("personer", PeriodKind.Quarter, "2024-12-31"),
                ("deltaganden", PeriodKind.Rolling12, "2024-11-30"),
                ("personer", PeriodKind.Month, "2024-11-30"),
            })
        {
            var cells = await register.ComputeAsync(measure, "2024-01-01", "2024-12-31", per: per);
            cells.Max(c => c.PeriodTo).ShouldBe(DateOnly.ParseExact(last, "yyyy-MM-dd"), $"{measure} {per}");
            cells.ShouldAllBe(c => c.IsUnfinished == (c.PeriodTo >= new DateOnly(2024, 11, 27)));
        }

        using var json = new MemoryStream();
        MeasureFiles.WriteJson(json, await register.ComputeAsync("ko", "2024-10-01", "2024-12-31", per: PeriodKind.Month), MeasureDimensions.None);
        System.Text.Json.JsonDocument.Parse(json.ToArray())
            .RootElement.EnumerateArray()
            .Select(c => c.GetProperty("is_unfinished").GetBoolean())
            .ShouldBe([false, true]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_share_of_fewer_than_ten_is_its_counts_in_csv_and_exact_in_json(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        register.Participations_of(2, "woman", register.Insats("A"), "2024-01-10", "2024-06-01", "arbete");
        register.Participations_of(7, "woman", register.Insatser[0].Id, "2024-01-10", "2024-06-01", "sjukdom");
        register.Participations_of(10, "man", register.Insatser[0].Id, "2024-01-10", "2024-06-01", "arbete");
        await register.SaveAsync();
        var shares = await register.ComputeAsync("positiva-avslut", "2024-01-01", "2024-12-31", MeasureDimensions.Gender);
        var gap = await register.ComputeAsync("konsskillnad", "2024-01-01", "2024-12-31");
        Rows(shares, "woman").ShouldContain(r => r.Contains(";woman;;2;9;;;9;för få", StringComparison.Ordinal));
        Rows(shares, "man").ShouldContain(r => r.Contains(";man;1;10;10;", StringComparison.Ordinal));
        Rows(gap, ";difference;").ShouldHaveSingleItem().ShouldContain(";för få");
        using var json = new MemoryStream();
        MeasureFiles.WriteJson(json, shares, MeasureDimensions.Gender);
        System.Text.Json.JsonDocument.Parse(json.ToArray())
            .RootElement.EnumerateArray()
            .Single(c => c.GetProperty("gender").GetString() == "woman")
            .GetProperty("value")
            .GetDouble()
            .ShouldBe(2 / 9d);

        static List<string> Rows(IReadOnlyList<MeasureCell> cells, string with)
        {
            using var csv = new MemoryStream();
            MeasureFiles.WriteCsv(csv, cells, MeasureDimensions.Gender);
            return [.. System.Text.Encoding.UTF8.GetString(csv.ToArray()).Split("\r\n").Where(r => r.Contains(with, StringComparison.Ordinal))];
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task The_order_in_which_answers_were_written_changes_no_digit_of_a_mean(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var random = new Random(5);
        (double Before, double After)[] pairs =
        [
            .. Enumerable.Range(0, 120).Select(_ => (Math.Round(1 + random.NextDouble() * 9, 4), Math.Round(1 + random.NextDouble() * 9, 4))),
        ];
        var cells = new List<string>();
        for (var round = 0; round < 4; round++)
        {
            var register = await SmallRegister.InAsync(test, $"Förbund {round}");
            var (insats, instrument) = (register.Insats("A"), register.Instrument("NNS", "oro"));
            foreach (var (before, after) in pairs)
            {
                var stay = register.Participation(register.Person("woman"), insats, "2024-01-10", "2024-06-01", "arbete");
                register.Assessment(stay, instrument, "start", "2024-01-10", before);
                register.Assessment(stay, instrument, "exit", "2024-06-01", after);
            }

            await register.SaveAsync();
            cells.Add(
                string.Join(
                    '\n',
                    (await register.ComputeAsync("sjalvskattning", "2024-01-01", "2024-12-31")).Select(c =>
                        $"{c.Statistic} {c.Value:R} {c.Lower:R} {c.Upper:R}")));
            random.Shuffle(pairs);
        }

        cells.ShouldAllBe(c => c == cells[0]);
    }

    [Fact]
    public async Task What_cannot_be_answered_is_refused_with_what_would_do()
    {
        await using var test = await TestDatabase.CreateAsync("sqlite");
        var register = await SmallRegister.InAsync(test);
        register.Insats("Insam");
        await register.SaveAsync();

        (await MessageAsync(() => register.ComputeAsync("positiva-avsult", "2024-01-01", "2024-12-31"))).ShouldContain("Menar du positiva-avslut?");
        (await MessageAsync(() => register.ComputeAsync("ko", "2024-12-31", "2024-01-01"))).ShouldContain("slutar");
        (await MessageAsync(() => register.ComputeAsync("ko", "2024-01-15", "2024-12-31", per: PeriodKind.Month))).ShouldContain("månader");
        (await MessageAsync(() => register.ComputeAsync("ko", "2024-02-01", "2024-12-31", per: PeriodKind.Quarter))).ShouldContain("kvartal");
        (await MessageAsync(() => register.ComputeAsync("positiva-avslut", "2024-01-01", "2024-12-31", definition: "positiv-losnig"))).ShouldContain(
            "Menar du positiv-losning?");
        (await MessageAsync(() => register.ComputeAsync("positiva-avslut", "2024-01-01", "2024-12-31", denominator: "avsluttade"))).ShouldContain(
            "Menar du avslutade?");
        (await MessageAsync(() => register.ComputeAsync("ko", "2024-01-01", "2024-12-31", insats: "Insan"))).ShouldContain("Menar du Insam?");
        (await MessageAsync(() => register.ComputeAsync("kostnad-per-deltagande", "2024-01-01", "2024-06-30"))).ShouldContain("hela kalenderår");
        (await MessageAsync(() => register.ComputeAsync("kostnad-per-deltagande", "2024-01-01", "2024-12-31", MeasureDimensions.Gender))).ShouldContain(
            "gender");
    }

    private static async Task<string> MessageAsync(Func<Task> action) => (await action.ShouldThrowAsync<MeasureRequestException>()).Message;

    private static async Task<double?> ValueAsync(SmallRegister register, string measure, string from = "2024-01-01", string to = "2024-12-31") =>
        (await register.ComputeAsync(measure, from, to)).Single(c => c.Statistic == "in_period").Value;

    private sealed class PersonCells(IReadOnlyList<MeasureCell> cells)
    {
        public MeasureCell this[string gender, string statistic] => cells.Single(c => c.Gender == gender && c.Statistic == statistic);
    }
}
