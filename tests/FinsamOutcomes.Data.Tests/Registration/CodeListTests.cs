using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Testing;
using static FinsamOutcomes.Data.Tests.RegistryFixture;

namespace FinsamOutcomes.Data.Tests.Registration;

public sealed class CodeListTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task A_forbund_offers_what_it_has_chosen_in_its_own_words_and_no_other_forbund_sees_it(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var store = new CodeListStore(f.Test.Database);
        var other = await new ForbundStore(f.Test.Database).AddAsync(new NewForbund { Name = "Ett annat" });
        var before = await store.OfForbundAsync(f.ForbundId, CodeList.Referrer);
        before.Values.ShouldAllBe(v => v.IsOffered && v.Version == 0 && v.OwnLabel == null && v.Label == v.SharedLabel);

        await store.ChooseAsync(
            Change(
                f,
                CodeList.Referrer,
                new()
                {
                    Code = "skola",
                    IsOffered = false,
                    Version = 0,
                },
                new()
                {
                    Code = "arbetsformedlingen",
                    IsOffered = true,
                    Label = " AF i Lund ",
                    Version = 0,
                }));

        var after = await store.OfForbundAsync(f.ForbundId, CodeList.Referrer);
        after.Offered().Select(v => v.Code).ShouldBe(before.Values.Select(v => v.Code).Where(c => c != "skola"));
        after.Offered("skola", null).Count.ShouldBe(before.Values.Count);
        after.Label("arbetsformedlingen").ShouldBe("AF i Lund");
        after.Values.Single(v => v.Code == "arbetsformedlingen").SharedLabel.ShouldBe(before.Label("arbetsformedlingen"));
        (await store.OfForbundAsync(other, CodeList.Referrer)).Values.ShouldBe(before.Values);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task The_second_to_save_is_told_and_what_is_back_to_the_shared_word_has_no_own(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var store = new CodeListStore(f.Test.Database);
        var change = Change(f, CodeList.ExitReason, new CodeChoice { Code = "arbete", IsOffered = true, Label = "Eget jobb", Version = 0 });
        await store.ChooseAsync(change);

        (await WrongFieldsAsync(() => store.ChooseAsync(change))).ShouldBe(["Version"]);
        await store.ChooseAsync(Change(f, CodeList.ExitReason, new CodeChoice { Code = "arbete", IsOffered = true, Label = "", Version = 1 }));
        var row = (await store.OfForbundAsync(f.ForbundId, CodeList.ExitReason)).Values[0];
        (row.Code, row.OwnLabel, row.Version).ShouldBe(("arbete", null, 2));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_word_that_another_value_has_is_refused_and_so_is_a_list_without_values(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var store = new CodeListStore(f.Test.Database);
        var values = (await store.OfForbundAsync(f.ForbundId, CodeList.ExitReason)).Values;
        values.Select(v => v.Code).ShouldNotContain("felregistrering");

        (
            await WrongFieldsAsync(() =>
                store.ChooseAsync(
                    Change(
                        f,
                        CodeList.ExitReason,
                        new CodeChoice
                        {
                            Code = "sjukdom",
                            IsOffered = true,
                            Label = "STUDIER",
                            Version = 0,
                        })))).ShouldBe(["Values[0].Label"]);
        (
            await WrongFieldsAsync(() =>
                store.ChooseAsync(
                    Change(
                        f,
                        CodeList.ExitReason,
                        new CodeChoice
                        {
                            Code = "sjukdom",
                            IsOffered = true,
                            Label = new string('x', 101),
                            Version = 0,
                        })))).ShouldBe(["Values[0].Label"]);
        (
            await WrongFieldsAsync(() =>
                store.ChooseAsync(
                    Change(
                        f,
                        CodeList.ExitReason,
                        new CodeChoice
                        {
                            Code = "påhittad",
                            IsOffered = true,
                            Version = 0,
                        })))).ShouldBe(["Values"]);
        (
            await WrongFieldsAsync(() =>
                store.ChooseAsync(
                    Change(
                        f,
                        CodeList.ExitReason,
                        [
                            .. values.Select(v => new CodeChoice
                            {
                                Code = v.Code,
                                IsOffered = false,
                                Version = 0,
                            }),
                        ])))).ShouldBe(["Values"]);
        (await store.OfForbundAsync(f.ForbundId, CodeList.ExitReason)).Values.ShouldBe(values);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task The_reasons_of_positive_solution_are_checked_and_kept_by_version(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var store = new ForbundStore(f.Test.Database);
        var change = new PositiveReasonsChange { ForbundId = f.ForbundId, ExitReasons = ["studier", "arbete", "annan_insats"], Version = 1 };

        foreach (var wrong in new string[][] { [], ["flyttat"], ["felregistrering"], ["arbete", "påhittad"] })
            (await WrongFieldsAsync(() => store.SetPositiveReasonsAsync(change with { ExitReasons = wrong }))).ShouldBe(["ExitReasons"]);
        await store.SetPositiveReasonsAsync(change);

        (await store.PositiveReasonsAsync(f.ForbundId, ForbundStore.PositiveSolution)).ShouldBe(["arbete", "studier", "annan_insats"]);
        (await WrongFieldsAsync(() => store.SetPositiveReasonsAsync(change))).ShouldBe(["Version"]);
        (await store.PositiveDefinitionsAsync(f.ForbundId)).Single(d => d.Code == ForbundStore.PositiveSolution).Version.ShouldBe(2);
    }

    private static CodeListChange Change(RegistryFixture f, string list, params CodeChoice[] values) =>
        new()
        {
            ForbundId = f.ForbundId,
            List = list,
            Values = values,
        };
}
