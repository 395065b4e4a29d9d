using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Publications;

public sealed class PublicationStoreTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task What_is_kept_is_read_again_to_the_last_decimal(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var store = new PublicationStore(f.Test.Database);
        var publication = f.Publication();

        var id = await store.KeepAsync(publication);

        var row = (await store.FindAsync(f.ForbundId, id)).ShouldNotBeNull();
        (row.Title, row.Policy, row.ReplacesId, row.ReplacedById).ShouldBe(("Årsredovisning 2024", "minst-5", null, null));
        row.MadeAt.ShouldBe(f.Clock.GetUtcNow().UtcDateTime);
        var read = await store.ReadAsync(row);
        read.Cells.ShouldBe(publication.Cells);
        read.Measures.ShouldBe(publication.Measures);
        read.Document.ShouldBe(publication.Document);
        read.Definition.ShouldBe(publication.Definition);
        (await f.SqlAsync($"SELECT detail FROM audit_event WHERE action = 'Publications.Keep' AND entity_id = {id}")).ShouldBe(
            $"arsredovisning 2024 minst-5, kontrollsumma {row.Sha256}");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_publication_is_replaced_once_and_both_are_listed(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var store = new PublicationStore(f.Test.Database);
        var first = await store.KeepAsync(f.Publication());
        var second = await store.KeepAsync(f.Publication() with { ReplacesId = first });

        (await store.OfForbundAsync(f.ForbundId)).Select(p => (p.Id, p.ReplacesId, p.ReplacedById)).ShouldBe([(second, first, null), (first, null, second)]);

        var again = await Should.ThrowAsync<RegistrationException>(() => store.KeepAsync(f.Publication() with { ReplacesId = first }));
        again.Message.ShouldContain($"redan ersatt av publicering {second}");
        var another = await Should.ThrowAsync<RegistrationException>(() => store.KeepAsync(f.Publication() with { ReplacesId = second, Policy = "internt" }));
        another.Message.ShouldContain("bara ersättas av samma rapport");
        var nowhere = await Should.ThrowAsync<RegistrationException>(() => store.KeepAsync(f.Publication() with { ReplacesId = second + 100 }));
        nowhere.Message.ShouldContain("finns inte");
        (await store.OfForbundAsync(f.ForbundId)).Count.ShouldBe(2);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task What_has_been_changed_in_the_database_is_not_shown_as_what_was_published(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var store = new PublicationStore(f.Test.Database);
        string[] changes =
        [
            "UPDATE publication_cell SET value = 13 WHERE ordinal = 1",
            "UPDATE publication_cell SET state = 'shown' WHERE ordinal = 2",
            "UPDATE publication_cell SET counted_value = 4 WHERE ordinal = 2",
            "UPDATE publication_cell SET gender = 'man' WHERE ordinal = 1",
            "DELETE FROM publication_cell WHERE ordinal = 2",
            "UPDATE publication_measure SET definition_text = 'Något annat'",
            "UPDATE publication SET definition = 'Något annat'",
            "UPDATE publication SET policy_reason = 'Ett annat skäl'",
            "UPDATE publication SET made_by = 'någon annan'",
            "UPDATE publication SET period_to = '2024-06-30'",
            $"UPDATE publication SET document = CAST('x' AS {(engine == "sqlite" ? "BLOB" : "VARBINARY(MAX)")})",
        ];
        foreach (var change in changes)
        {
            var id = await store.KeepAsync(f.Publication());
            var row = (await store.FindAsync(f.ForbundId, id)).ShouldNotBeNull();
            await store.ReadAsync(row);

            await f.SqlAsync(change);

            row = (await store.FindAsync(f.ForbundId, id)).ShouldNotBeNull();
            (await Should.ThrowAsync<PublicationChangedException>(() => store.ReadAsync(row), change)).Message.ShouldContain("kontrollsumman");
        }
    }
}
