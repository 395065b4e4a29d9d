using System.Data.Common;
using System.Text;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Quality;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Tests.Import;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Registration;

/// <summary>One normal form of codes and names, the same on the page, in a file and in the database.</summary>
public sealed class NormalFormTests
{
    [Theory]
    [InlineData("P-001", "p-001")]
    [InlineData("  P-001\u00A0", "p-001")]
    [InlineData("KU  Lund\t A", "ku lund a")]
    [InlineData("A\u030A-1", "å-1")]
    [InlineData("ÅÄÖ", "åäö")]
    [InlineData("P\u2013001", "p-001")]
    [InlineData("P\u2011001", "p-001")]
    [InlineData("P\u2212001", "p-001")]
    [InlineData("P\u00AD\u200B-\uFEFF001\u200E", "p-001")]
    [InlineData("\u202EP-001\u2069", "p-001")]
    [InlineData("Ｐ－００１", "p-001")]
    [InlineData("P-\u0660\u0661", "p-01")]
    [InlineData("A\u200B\u030A", "å")]
    [InlineData("\u200D", "")]
    public void Spellings_come_together(string written, string form)
    {
        NormalForm.Of(written).ShouldBe(form);
        NormalForm.AreSame(written, form).ShouldBeTrue();
    }

    [Theory]
    [InlineData("0012", "12")]
    [InlineData("A", "Å")]
    [InlineData("V1", "W1")]
    [InlineData("æ", "ae")]
    [InlineData("P-001", "P001")]
    [InlineData("P 001", "P001")]
    public void What_differs_is_told_apart(string one, string other) => NormalForm.AreSame(one, other).ShouldBeFalse();

    [Fact]
    public void A_form_is_its_own_form_whatever_it_is_made_of()
    {
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(1, 8); length > 0; length--)
                text.Append((char)random.Next(0x20, random.Next(4) == 0 ? 0xFFFE : 0x250));
            var form = NormalForm.Of(text.ToString());
            NormalForm.Of(form).ShouldBe(form, Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text.ToString())));
            form.Contains(NormalForm.Collision, StringComparison.Ordinal).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("P\u200B-001\u00AD ", "P-001")]
    [InlineData("p–001", "p–001")]
    [InlineData("A\u030A", "A\u030A")]
    public void What_is_kept_is_what_was_written_but_for_what_is_not_seen(string written, string kept) => NormalForm.Written(written).ShouldBe(kept);

    [Theory, ClassData(typeof(Engines))]
    public async Task Two_spellings_are_one_person_on_the_page_in_the_file_and_in_the_database_exactly_when_they_say_the_same(string engine)
    {
        const int Pairs = 60;
        await using var fixture = await ImportFixture.CreateAsync(engine);
        var participants = new ParticipantStore(fixture.Test.Database);
        var random = new Random(2026);
        for (var pair = 0; pair < Pairs; pair++)
        {
            var (first, second) = (Text(random), Text(random));
            if (random.Next(2) == 0)
                second = first;
            var isSame = first == second;

            // Each door has pairs of its own, so that none meets what another has saved.
            (string One, string Other) Spelt(char door) => (Spell(random, $"{door}{pair}x{first}"), Spell(random, $"{door}{pair}x{second}"));
            var page = Spelt('p');
            await AddAsync(page.One);
            (await IsRefusedAsync(page.Other)).ShouldBe(isSame, Told(page));

            var file = Spelt('f');
            var before = (await fixture.CountsAsync()).Participants;
            var result = await fixture.ImportAsync(
                ImportKind.Deltagare,
                ImportFixture.Deltagare,
                $"\"{file.One}\";Insam;kvinna;1990;;2024-01-15;;",
                $"\"{file.Other}\";Åkern;kvinna;1990;;2024-02-15;;");
            result.Problems.Errors.ShouldBe(0, Told(file));
            ((await fixture.CountsAsync()).Participants - before).ShouldBe(isSame ? 1 : 2, Told(file));

            var rows = Spelt('d');
            (await IsDuplicateAsync(rows.One, rows.Other)).ShouldBe(isSame, Told(rows));
        }

        async Task AddAsync(string code) =>
            await participants.AddAsync(new NewParticipant { ForbundId = fixture.ForbundId, Code = code, Gender = "woman", BirthYear = 1990 });

        async Task<bool> IsRefusedAsync(string code)
        {
            try
            {
                await AddAsync(code);
                return false;
            }
            catch (RegistrationException exception)
            {
                exception.Errors.ShouldHaveSingleItem().Message.ShouldStartWith("Deltagarkoden används redan");
                return true;
            }
        }

        async Task<bool> IsDuplicateAsync(string one, string other)
        {
            await using var session = await fixture.Test.Database.WriteAsync();
            var id = await session.ReserveIdsAsync("participant", 2);
            try
            {
                await session.BulkInsertAsync(
                    "participant",
                    ["id", "forbund_id", "code", "code_key", "gender", "birth_year", "has_protected_identity", "version"],
                    new[] { one, other }.Select((code, i) =>
                        new object?[] { id + i, fixture.ForbundId, $"{id + i}", NormalForm.Of(code), "woman", 1990, false, 1 }));
                return false;
            }
            catch (DbException exception) when (fixture.Test.Database.Engine.IsDuplicate(exception))
            {
                return true;
            }
        }

        static string Told((string One, string Other) pair) => $"{Escaped(pair.One)} and {Escaped(pair.Other)}";

        static string Escaped(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? $"{c}" : $"\\u{(int)c:X4}"));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Rows_from_before_get_their_forms_and_those_that_collide_are_listed_until_they_are_mended(string engine)
    {
        await using var fixture = await RegistryFixture.CreateAsync(engine);
        var (insats, other) = (await fixture.InsatsAsync("Vägen"), await fixture.InsatsAsync("Annan"));
        var (first, second, third) = (await fixture.ParticipantAsync("Å-1"), await fixture.ParticipantAsync("B"), await fixture.ParticipantAsync("C"));
        foreach (var person in new[] { first, second, third })
            await fixture.EnterAsync(person, insats);
        await fixture.SqlAsync($"UPDATE participant SET code = 'A\u030A–1' WHERE id = {second}");
        await fixture.SqlAsync($"UPDATE insats SET name = 'Va\u0308gen ' WHERE id = {other}");
        await fixture.SqlAsync("UPDATE participant SET code_key = CONCAT('ID', id)");
        await fixture.SqlAsync("UPDATE insats SET name_key = CONCAT('ID', id)");
        await fixture.SqlAsync("DELETE FROM schema_migration WHERE name = 'normal-forms'");

        await new Migrator(fixture.Test.Database).MigrateAsync();

        (await fixture.SqlAsync($"SELECT code_key FROM participant WHERE id = {first}")).ShouldBe("å-1");
        (await fixture.SqlAsync($"SELECT code_key FROM participant WHERE id = {third}")).ShouldBe("c");
        (await fixture.SqlAsync($"SELECT code FROM participant WHERE id = {second}")).ShouldBe("A\u030A–1");
        (await fixture.Participants.FindAsync(fixture.ForbundId, "å\u20111"))!.Id.ShouldBe(first);
        (await RemarksAsync("codes_alike")).ShouldBe(["A\u030A–1 Samma kod som Å-1"]);
        (await RemarksAsync("insats_names_alike")).ShouldBe([" Samma namn som en annan insats"]);

        // The younger one can be changed as it is, and gets the form when the older one has given it up.
        var row = (await fixture.Participants.FindAsync(fixture.ForbundId, second))!;
        await fixture.Participants.UpdateAsync(Change(row, row.Code) with { BirthYear = 1991 });
        (await RemarksAsync("codes_alike")).Count.ShouldBe(1);
        await fixture.Participants.UpdateAsync(Change((await fixture.Participants.FindAsync(fixture.ForbundId, first))!, "A-17"));
        (await RemarksAsync("codes_alike")).ShouldBeEmpty();
        (await fixture.Participants.FindAsync(fixture.ForbundId, "Å-1"))!.Id.ShouldBe(second);

        async Task<IReadOnlyList<string>> RemarksAsync(string rule) =>
            [.. (await new QualityChecks(fixture.Test.Database).RunAsync(fixture.ForbundId)).Single(c => c.Rule == rule).Findings.Select(v => $"{v.ParticipantCode} {v.What}")];

        ParticipantChange Change(ParticipantRow participant, string code) => new()
        {
            ForbundId = fixture.ForbundId,
            Id = participant.Id,
            Version = participant.Version,
            Code = code,
            Gender = participant.Gender,
            BirthYear = participant.BirthYear,
            Name = null,
            PersonalNumber = null,
            HasProtectedIdentity = false,
        };
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Insatser_are_told_apart_in_the_same_way(string engine)
    {
        await using var fixture = await RegistryFixture.CreateAsync(engine);
        await fixture.InsatsAsync("Väg–in  1");
        var refused = await Should.ThrowAsync<RegistrationException>(() => fixture.InsatsAsync("VA\u0308G-IN\u00A01"));
        refused.Errors.ShouldHaveSingleItem().Field.ShouldBe(nameof(NewInsats.Name));
        await fixture.InsatsAsync("Väg in 1");
    }

    // What people choose codes of, with room for what differs.
    private static string Text(Random random)
    {
        const string Letters = "abåäöéVW0123";
        var text = new StringBuilder();
        for (var parts = random.Next(1, 4); parts > 0; parts--)
        {
            for (var length = random.Next(1, 3); length > 0; length--)
                text.Append(Letters[random.Next(Letters.Length)]);
            if (parts > 1)
                text.Append(random.Next(2) == 0 ? '-' : ' ');
        }

        return text.ToString().ToLowerInvariant();
    }

    private static string Spell(Random random, string text)
    {
        var spelt = new StringBuilder();
        foreach (var c in text)
        {
            spelt.Append(c switch
            {
                '-' => Pick("-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212", "\uFF0D"),
                ' ' => Pick(" ", "  ", "\u00A0", "\u2009 ", "\u3000"),
                _ => Pick($"{c}", $"{c}", char.ToUpperInvariant(c).ToString(), $"{c}".Normalize(NormalizationForm.FormD)),
            });
            if (random.Next(6) == 0)
                spelt.Append(Pick("\u200B", "\u00AD", "\uFEFF", "\u200E", "\u2060"));
        }

        return Pick("", " ", "\u00A0") + spelt + Pick("", "  ");

        string Pick(params ReadOnlySpan<string> choices) => choices[random.Next(choices.Length)];
    }
}
