using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Testing;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.Data.Sqlite;

namespace FinsamOutcomes.Web.Tests.Participants;

/// <summary>A name that can't be read is that row's alone; a key that is gone stops nothing but names.</summary>
[Collection(nameof(AloneWithTheKey))]
public sealed class UnreadableNameTests
{
    [Fact, OnlySqlite("a value is put in the wrong place beside the program.")]
    public async Task One_unreadable_name_leaves_every_page_and_is_mended_on_the_page_of_the_person()
    {
        await using var people = await People.StartAsync();
        var whole = await people.AddAsync("A1", name: "Elin Provsson");
        var broken = await people.AddAsync("A2", name: "Karin Provsson", number: "701063-2391");
        await SqlAsync(
            people,
            $"UPDATE participant SET name_encrypted = (SELECT p.name_encrypted FROM participant p WHERE p.id = {whole.ParticipantId}) WHERE id = {broken.ParticipantId}"
        );

        var list = await people.Browser.GetAsync($"{people.Root}/deltagare");
        list.Content.ShouldContain("Elin Provsson");
        list.Content.ShouldContain("A2 går inte att läsa");
        list.Content.ShouldContain("Öppna deltagaren och välj Ändra personuppgifter");
        (await people.Browser.PostFormAsync($"{people.Root}/deltagare", "deltagare/sok", ("Text", "Elin"))).Heading.ShouldBe("A1");
        var page = await people.Browser.GetAsync(people.Person(broken));
        page.Content.ShouldContain("Namn går inte att läsa. Välj Ändra personuppgifter");
        page.Content.ShouldContain("19701063-2391");

        // The same birth year, and gender unknown: compared with the one that can't be read.
        (
            await people.Browser.PostFormAsync(
                $"{people.Root}/deltagare/ny",
                ("Input.InsatsId", $"{people.Own}"),
                ("Input.On", "2024-05-01"),
                ("Input.Gender", "unknown"),
                ("Input.BirthYear", "1970"),
                ("Input.Name", "Bo Provsson"))).Heading.ShouldStartWith("D");

        var address = $"{people.Person(broken)}/andra";
        var kept = await people.Browser.PostFormAsync(address, ("Input.Code", "A7"));
        kept.Content.ShouldContain("går inte att läsa");
        kept.Content.ShouldNotContain("Namn ändrat");
        (await people.Browser.PostFormAsync(address, ("Input.Name", "Karin Annan"))).Content.ShouldContain("Karin Annan");
        await SqlAsync(
            people,
            $"UPDATE participant SET name_encrypted = (SELECT p.name_encrypted FROM participant p WHERE p.id = {whole.ParticipantId}) WHERE id = {broken.ParticipantId}"
        );
        var removed = await people.Browser.PostFormAsync(address, ("Input.RemovesUnreadable", "true"));
        removed.Content.ShouldNotContain("går inte att läsa");
        removed.Content.ShouldContain("19701063-2391");
    }

    // Nothing of the sign-ins is encrypted yet: only the name tells that the key is another.
    [Fact, OnlySqlite("the key lies beside the file of each database.")]
    public async Task The_first_start_on_a_database_from_the_command_line_is_refused_with_another_key()
    {
        await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2024-05-15"));
        var forbundId = await new ForbundStore(test.Database).AddAsync(new NewForbund { Name = "Ett förbund" });
        await new ParticipantStore(test.Database).AddAsync(
            new NewParticipant { ForbundId = forbundId, Code = "A1", Gender = "woman", BirthYear = 1990, Name = "Elin Provsson" });
        var path = KeyFile.PathFor(test.Database);
        var right = await File.ReadAllTextAsync(path);
        File.Delete(path);
        KeyFile.ReadOrCreate(path);
        var settings = new WebSettings { Address = test.Address, Urls = "http://127.0.0.1:0" };
        (await Should.ThrowAsync<StartException>(() => FinsamWeb.CreateAsync(settings))).Message.ShouldContain("--ny-nyckel");
        await File.WriteAllTextAsync(path, right);
        await using var started = await FinsamWeb.CreateAsync(settings);
    }

    [Fact, OnlySqlite("a database on a server has no folder of its own for its key.")]
    public async Task A_host_with_another_key_is_not_started_and_one_that_loses_it_shows_all_but_names()
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("A1", name: "Elin Provsson");
        var path = KeyFile.PathFor(people.Host.Database);
        var right = await File.ReadAllTextAsync(path);
        File.Delete(path);
        KeyFile.ReadOrCreate(path);

        (await Should.ThrowAsync<StartException>(() => WebHost.StartAsync(beside: people.Host))).Message.ShouldContain("--ny-nyckel");
        (await people.Browser.GetAsync($"{people.Root}/deltagare")).Content.ShouldContain("nyckeln till namnen saknas eller är en annan");
        (await people.Browser.GetAsync(people.Person(person))).Content.ShouldContain("går inte att läsa: nyckeln saknas");
        var refused = await people.Browser.PostFormAsync(
            $"{people.Root}/deltagare/ny",
            ("Input.InsatsId", $"{people.Own}"),
            ("Input.On", "2024-05-01"),
            ("Input.Gender", "woman"),
            ("Input.BirthYear", "1985"),
            ("Input.Name", "Karin Provsson"));
        refused.Errors.ShouldHaveSingleItem().ShouldContain("går inte att spara just nu");
        (await people.Browser.PostFormAsync(refused, null, ("Input.Name", ""))).Heading.ShouldStartWith("D");
        (await people.Browser.PostFormAsync($"{people.Person(person)}/andra", ("Input.Code", "A9"))).Heading.ShouldBe("A9");

        await File.WriteAllTextAsync(path, right);
        (await people.Browser.GetAsync(people.Person(person))).Content.ShouldContain("Elin Provsson");

        // Lost for good: the next start goes on, and says what went.
        File.Delete(path);
        await using var restarted = await WebHost.StartAsync(beside: people.Host, settings: new WebSettings { HasLostKey = true, TriesPerMinute = 10_000 });
        using var browser = await restarted.SignInAsync(people.Caseworker);
        (await browser.GetAsync($"{people.Root}/deltagare")).Content.ShouldContain("A9 går inte att läsa");
        (await restarted.ActionsByAsync($"starten av webbplatsen ({Environment.UserName})")).ShouldBe(["Privacy.NewKey"]);
    }

    private static async Task SqlAsync(People people, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={people.Host.DatabaseAddress["sqlite:".Length..]};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>Tests that put another key file in place run when no other test does: with a server at hand all databases of the run share one file.</summary>
[CollectionDefinition(nameof(AloneWithTheKey), DisableParallelization = true)]
public sealed class AloneWithTheKey;
