using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Database;

public sealed class MigratorTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task A_fresh_database_takes_a_forbund_with_its_definitions_and_an_unbroken_audit_chain(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var store = new ForbundStore(test.Database);
        var id = await store.AddAsync(new NewForbund { Name = "Samordningsförbundet Ö", IsDemo = true });
        await store.SetPositiveReasonsAsync(id, ["arbete", "studier"], "prov");

        var forbund = (await store.AllAsync()).ShouldHaveSingleItem();
        forbund.Name.ShouldBe("Samordningsförbundet Ö");
        forbund.IsDemo.ShouldBeTrue();
        (await store.PositiveDefinitionsAsync(id)).Select(d => d.Code).ShouldBe(
            ["arbete-eller-studier", "arbete-studier-eller-aktivt-arbetssokande", "positiv-losning", "borjade-eller-okade", "subventionerat-arbete"]);
        await using var session = await test.Database.ReadAsync();
        (await AuditLog.EventsAsync(session, id)).Count.ShouldBe(2);
        (await AuditLog.FirstBrokenEventAsync(session, id)).ShouldBeNull();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Migrating_twice_changes_nothing(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        await new Migrator(test.Database).MigrateAsync();
        await using var session = await test.Database.ReadAsync();
        (await session.QueryAsync<SchemaMigrationRow>("Schema.Migrations")).Count.ShouldBe(6);
    }
}
