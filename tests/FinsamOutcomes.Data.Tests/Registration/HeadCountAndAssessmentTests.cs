using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.HeadCounts;
using FinsamOutcomes.Testing;
using static FinsamOutcomes.Data.Tests.RegistryFixture;

namespace FinsamOutcomes.Data.Tests.Registration;

public sealed class HeadCountAndAssessmentTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task A_head_count_is_replaced_taken_away_and_never_both_whole_and_half(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var count = new NewHeadCount
        {
            ForbundId = f.ForbundId,
            InsatsId = await f.InsatsAsync(method: "count"),
            CalendarYear = 2024,
            Half = 1,
            Gender = "woman",
            NumberOfPeople = 0,
        };
        await f.HeadCounts.SetAsync(count);
        await f.HeadCounts.SetAsync(count with { NumberOfPeople = 12 });
        (await f.HeadCounts.OfYearAsync(f.ForbundId, 2024)).ShouldHaveSingleItem().NumberOfPeople.ShouldBe(12);
        (await WrongFieldsAsync(() => f.HeadCounts.SetAsync(count with { Half = 0 }))).ShouldBe(["Half"]);
        (await WrongFieldsAsync(() => f.HeadCounts.SetAsync(count with { Half = 3, CalendarYear = 2025, Gender = "x", NumberOfPeople = -1 }))).ShouldBe([
            "CalendarYear",
            "Half",
            "NumberOfPeople",
            "Gender",
        ]);
        await f.HeadCounts.SetAsync(count with { NumberOfPeople = null });
        await f.HeadCounts.SetAsync(count with { Half = 0 });
        (await f.HeadCounts.OfYearAsync(f.ForbundId, 2024)).ShouldHaveSingleItem().Half.ShouldBe(0);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_head_count_of_a_time_when_the_insats_was_not_open_is_refused_and_can_be_taken_away(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var insats = await f.Insatser.AddAsync(
            new Data.Insatser.NewInsats
            {
                ForbundId = f.ForbundId,
                Name = "Dörren",
                Orientation = "individual",
                FollowUpMethod = "count",
                StartsOn = On("2023-02-01"),
                EndsOn = On("2023-06-30"),
                TargetGroups = [],
            });
        var count = new NewHeadCount
        {
            ForbundId = f.ForbundId,
            InsatsId = insats,
            CalendarYear = 2023,
            Half = 2,
            Gender = "woman",
            NumberOfPeople = 3,
        };
        foreach (
            var outside in new[]
            {
                count,
                count with
                {
                    CalendarYear = 2024,
                    Half = 0,
                },
                count with
                {
                    CalendarYear = 2024,
                    Half = 1,
                    NumberOfPeople = 0,
                },
                count with
                {
                    CalendarYear = 2022,
                    Half = 0,
                },
            })
            (await WrongFieldsAsync(() => f.HeadCounts.SetAsync(outside))).ShouldBe(["Half"]);
        await f.SqlAsync(
            $"INSERT INTO head_count (forbund_id, insats_id, calendar_year, half, gender, number_of_people) VALUES ({f.ForbundId}, {insats}, 2023, 2, 'woman', 3)"
        );
        await f.HeadCounts.SetAsync(count with { NumberOfPeople = null });
        await f.HeadCounts.SetAsync(count with { Half = 1 });
        (await f.HeadCounts.OfYearAsync(f.ForbundId, 2023)).ShouldHaveSingleItem().Half.ShouldBe(1);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task What_is_missing_is_told_by_gender_for_the_halves_that_have_ended(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (parent, other) = (await f.InsatsAsync("Moder", method: "count"), await f.InsatsAsync("Annan", method: "count"));
        await f.InsatsAsync("Dotter", parent, "count");
        var count = new NewHeadCount { ForbundId = f.ForbundId, InsatsId = other, CalendarYear = 2023, Half = 1, Gender = "woman", NumberOfPeople = 3 };
        await f.HeadCounts.SetAsync(count);
        await f.HeadCounts.SetAsync(count with { Half = 2 });
        await f.HeadCounts.SetAsync(count with { Half = 2, Gender = "man" });
        (await f.HeadCounts.MissingAsync(f.ForbundId, 2023))
            .Where(m => m.InsatsId == other)
            .Select(m => (m.Half, m.Gender, m.IsByHalf))
            .ShouldBe([(1, "man", true)]);
        (await f.HeadCounts.MissingAsync(f.ForbundId, 2023)).ShouldNotContain(m => m.InsatsId == parent);
        (await f.HeadCounts.MissingAsync(f.ForbundId, 2023)).Count(m => m.InsatsId != other).ShouldBe(4);
        (await f.HeadCounts.MissingAsync(f.ForbundId, 2024)).ShouldBeEmpty("its first half has not ended");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task An_instrument_may_change_until_it_is_answered_and_then_takes_a_new_version(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var stay = await f.EnterAsync(await f.ParticipantAsync(), await f.InsatsAsync());
        var id = await f.InstrumentAsync();
        var items = await f.Instruments.ItemsAsync(f.ForbundId, id);
        items
            .Select(i => (i.Row.Code, i.Row.ScaleMax, i.Row.IsHigherBetter, i.Row.SmallestChange))
            .ShouldBe([("mående", 5m, true, 0.5m), ("sömn", 10m, false, 0m)]);
        items[1].Texts.Keys.ShouldBe(["ar", "sv"], ignoreOrder: true);
        var shorter = new[]
        {
            new Data.Instruments.NewInstrumentItem
            {
                Code = "mående",
                ScaleMin = 1,
                ScaleMax = 7,
                IsHigherBetter = true,
                Texts = new Dictionary<string, string> { ["sv"] = "Hur mår du idag?" },
            },
        };
        await f.Instruments.ReplaceItemsAsync(f.ForbundId, id, shorter, "prov");
        var answers = new[]
        {
            new NewAnswer { ItemCode = "Mående", Value = 6.5m },
        };
        await f.Assessments.RegisterAsync(
            new NewAssessment
            {
                ForbundId = f.ForbundId,
                ParticipationId = stay,
                InstrumentId = id,
                Occasion = "start",
                AnsweredOn = On("2024-01-10"),
                Answers = answers,
            });

        (await f.Instruments.AllAsync(f.ForbundId)).ShouldHaveSingleItem().LockedAt.ShouldBe(f.Clock.GetUtcNow().UtcDateTime);
        (await WrongFieldsAsync(() => f.Instruments.ReplaceItemsAsync(f.ForbundId, id, shorter, "prov"))).ShouldBe(["InstrumentId"]);
        (await WrongFieldsAsync(() => f.InstrumentAsync())).ShouldBe(["InstrumentVersion"]);
        await f.InstrumentAsync(version: 2);
        var assessment = (await f.Assessments.OfParticipationAsync(f.ForbundId, stay)).ShouldHaveSingleItem();
        (assessment.Row.Respondent, assessment.Answers.Single().Value).ShouldBe(("participant", 6.5m));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Every_question_has_a_value_on_its_scale_or_a_reason(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var stay = await f.EnterAsync(await f.ParticipantAsync(), await f.InsatsAsync());
        var given = new NewAssessment
        {
            ForbundId = f.ForbundId,
            ParticipationId = stay,
            InstrumentId = await f.InstrumentAsync(),
            Occasion = "start",
            AnsweredOn = On("2024-01-10"),
            Answers = [new NewAnswer { ItemCode = "mående", Value = 5.5m }, new NewAnswer { ItemCode = "okänd", Value = 1 }],
        };
        (await WrongFieldsAsync(() => f.Assessments.RegisterAsync(given with { Occasion = "alltid", AnsweredOn = On("2024-06-01") }))).ShouldBe([
            "Occasion",
            "AnsweredOn",
            "Answers[okänd]",
            "Answers[mående]",
            "Answers[sömn]",
        ]);
        var whole = given with
        {
            Answers = [new NewAnswer { ItemCode = "mående", Value = 1.7273m }, new NewAnswer { ItemCode = "sömn", MissingReason = "not_asked" }],
        };
        await f.Assessments.RegisterAsync(whole);
        (await f.Assessments.OfParticipationAsync(f.ForbundId, stay)).Single().Answers.Select(a => (a.ItemCode, a.Value, a.MissingReason))
            .ShouldBe([("mående", 1.7273m, null), ("sömn", null, "not_asked")]);
        (await WrongFieldsAsync(() => f.Assessments.RegisterAsync(whole))).ShouldBe(["AnsweredOn"]);
    }
}
