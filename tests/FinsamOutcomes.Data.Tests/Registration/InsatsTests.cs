using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Testing;
using static FinsamOutcomes.Data.Tests.RegistryFixture;

namespace FinsamOutcomes.Data.Tests.Registration;

public sealed class InsatsTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Insatser_come_as_a_tree_in_Swedish_order_with_their_target_groups(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var iris = await f.InsatsAsync("IRIS");
        foreach (var name in new[] { "Östra", "Insam", "Ängen", "Åsen" })
            await f.InsatsAsync(name, iris);

        var node = (await f.Insatser.TreeAsync(f.ForbundId)).ShouldHaveSingleItem();
        node.Delprojekt.Select(d => d.Insats.Name).ShouldBe(["Insam", "Åsen", "Ängen", "Östra"]);
        node.TargetGroups.ShouldBe(["unga", "npf"]);
        node.Insats.StartsOn.ShouldBe(On("2023-01-01"));
        (await new InsatsTextStore(f.Test.Database).ProgressAsync(f.ForbundId, 2024, ["resultat"]))
            .Select(i => i.Name)
            .ShouldBe(["IRIS", "Insam", "Åsen", "Ängen", "Östra"]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_delprojekt_can_have_no_delprojekt(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var child = await f.InsatsAsync("Insam", await f.InsatsAsync("IRIS"));
        (await WrongFieldsAsync(() => f.InsatsAsync("För djupt", child))).ShouldBe(["ParentId"]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task All_errors_of_an_insats_are_told_at_once_and_nothing_is_kept(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var wrong = new NewInsats
        {
            ForbundId = f.ForbundId,
            Name = " ",
            Orientation = "båda",
            FollowUpMethod = "",
            SpecificOrientation = "okänd",
            StartsOn = On("2024-02-01"),
            EndsOn = On("2024-01-01"),
            Capacity = -1,
            TargetGroups = ["ingen"],
            ParentId = 99,
        };
        (await WrongFieldsAsync(() => f.Insatser.AddAsync(wrong))).ShouldBe(
            ["Name", "EndsOn", "Capacity", "TargetGroups", "Orientation", "FollowUpMethod", "SpecificOrientation", "ParentId"],
            ignoreOrder: true);
        (await f.Insatser.TreeAsync(f.ForbundId)).ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task The_locked_fields_refuse_change_and_the_others_follow_the_version(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var id = await f.InsatsAsync();
        var change = new InsatsChange
        {
            ForbundId = f.ForbundId,
            Id = id,
            Version = 1,
            Name = "Insam Lund",
            Orientation = "individual",
            SpecificOrientation = "kartlaggning",
            FollowUpMethod = "individual",
            IsEsf = false,
            StartsOn = On("2023-02-01"),
            EndsOn = null,
            Capacity = 50,
            TargetGroups = ["unga"],
        };
        (await WrongFieldsAsync(() => f.Insatser.UpdateAsync(change with { Orientation = "structural", FollowUpMethod = "count", IsEsf = true }))).ShouldBe([
            "Orientation",
            "FollowUpMethod",
            "IsEsf",
        ]);
        await f.Insatser.UpdateAsync(change);
        (await WrongFieldsAsync(() => f.Insatser.UpdateAsync(change))).ShouldBe(["Version"]);
        (await WrongFieldsAsync(() => f.Insatser.UpdateAsync(change with { Version = 2, SpecificOrientation = "forrehabilitering" }))).ShouldBe([
            "SpecificOrientation",
        ]);
        var row = (await f.Insatser.FindAsync(f.ForbundId, id))!;
        (row.Name, row.Capacity, row.EndsOn, row.SpecificOrientation, row.Version).ShouldBe(("Insam Lund", 50, null, "kartlaggning", 2));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task An_insats_does_not_end_before_its_delprojekt_nor_a_delprojekt_after_its_insats(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var parent = await f.InsatsAsync("IRIS");
        var child = await f.InsatsAsync("Insam", parent);
        var change = new InsatsChange
        {
            ForbundId = f.ForbundId,
            Id = parent,
            Version = 1,
            Name = "IRIS",
            Orientation = "individual",
            FollowUpMethod = "individual",
            IsEsf = false,
            SpecificOrientation = null,
            Capacity = 40,
            StartsOn = On("2023-01-01"),
            EndsOn = On("2024-03-31"),
            TargetGroups = [],
        };
        var refused = await Should.ThrowAsync<Data.Registration.RegistrationException>(() => f.Insatser.UpdateAsync(change));
        var error = refused.Errors.ShouldHaveSingleItem();
        (error.Field, error.Message).ShouldBe(
            (
                "EndsOn",
                "Insatsen har delprojekt som pågår längre än så: Insam (slutar 2024-12-31). Sätt först slutdatum på det, annars faller det bort ur överlämningen till Uppföljning Finsam."
            ));

        var ofChild = change with { Id = child, Name = "Insam" };
        foreach (var late in new DateOnly?[] { null, On("2025-01-01") })
            (await WrongFieldsAsync(() => f.Insatser.UpdateAsync(ofChild with { EndsOn = late }))).ShouldBe(["EndsOn"]);
        await f.Insatser.UpdateAsync(ofChild);
        await f.Insatser.UpdateAsync(change);
        var late2 = new NewInsats
        {
            ForbundId = f.ForbundId,
            Name = "Sent",
            ParentId = parent,
            Orientation = "individual",
            FollowUpMethod = "individual",
            StartsOn = On("2024-01-01"),
            TargetGroups = [],
        };
        (await WrongFieldsAsync(() => f.Insatser.AddAsync(late2))).ShouldBe(["EndsOn"]);

        // What is so already can be changed in other ways.
        await f.SqlAsync($"UPDATE insats SET ends_on = NULL WHERE id = {child}");
        await f.Insatser.UpdateAsync(change with { Version = 2, Capacity = 3 });
        await f.Insatser.UpdateAsync(ofChild with { Version = 2, EndsOn = null, Capacity = 3 });
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Budgets_costs_and_targets_are_kept_by_year(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var id = await f.InsatsAsync();
        var year = new NewInsatsYear { ForbundId = f.ForbundId, InsatsId = id, CalendarYear = 2024, BudgetedParticipants = 40, BudgetKronor = 2_360_000 };
        await f.Economy.SetYearAsync(year);
        (await WrongFieldsAsync(() => f.Economy.SetYearAsync(year))).ShouldBe(["Version"]);
        await f.Economy.SetYearAsync(year with { Version = 1, OutcomeKronor = 3_000_000_000 });
        (await f.Economy.YearsAsync(f.ForbundId, 2024)).ShouldHaveSingleItem().OutcomeKronor.ShouldBe(3_000_000_000);

        var cost = new NewForbundCost { ForbundId = f.ForbundId, CalendarYear = 2024, Name = "Administration", BudgetKronor = 1_500_000 };
        await f.Economy.SetCostAsync(cost);
        (await WrongFieldsAsync(() => f.Economy.SetCostAsync(cost with { Name = "administration" }))).ShouldBe(["Name"]);
        await f.Economy.SetCostAsync(cost with { OutcomeKronor = 1_400_000, Version = 1 });
        (await WrongFieldsAsync(() => f.Economy.SetCostAsync(cost with { OutcomeKronor = 1, Version = 1 }))).ShouldBe(["Version"]);
        (await f.Economy.CostsAsync(f.ForbundId, 2024)).ShouldHaveSingleItem().OutcomeKronor.ShouldBe(1_400_000);
        (await WrongFieldsAsync(() => f.Economy.RemoveCostAsync(f.ForbundId, 2024, "Administration", 1, "prov"))).ShouldBe(["Version"]);
        await f.Economy.RemoveCostAsync(f.ForbundId, 2024, "Administration", 2, "prov");
        (await f.Economy.CostsAsync(f.ForbundId, 2024)).ShouldBeEmpty();

        var target = new NewTarget
        {
            ForbundId = f.ForbundId,
            Measure = "positiva-avslut",
            Definition = "arbete-eller-studier",
            CalendarYear = 2024,
            Goal = 0.4m,
        };
        var first = await f.Economy.SetTargetAsync(target);
        (await WrongFieldsAsync(() => f.Economy.SetTargetAsync(target with { Goal = 0.45m }))).ShouldBe(["Measure"]);
        (await WrongFieldsAsync(() => f.Economy.SetTargetAsync(target with { Definition = "egen" }))).ShouldBe(["Definition"]);
        (await f.Economy.SetTargetAsync(target with { Goal = 0.45m, Version = 1 })).ShouldBe(first);
        (await WrongFieldsAsync(() => f.Economy.SetTargetAsync(target with { Goal = 0.5m, Version = 1 }))).ShouldBe(["Version"]);
        (await f.Economy.SetTargetAsync(target with { InsatsId = id })).ShouldNotBe(first);
        (await f.Economy.TargetsAsync(f.ForbundId, 2024)).Select(t => t.Goal).ShouldBe([0.45m, 0.4m]);
        await f.Economy.RemoveTargetAsync(f.ForbundId, first, 2, "prov");
        (await f.Economy.TargetsAsync(f.ForbundId, 2024)).Count.ShouldBe(1);
    }
}
