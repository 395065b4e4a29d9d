using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Quality;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Tests.Import;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Registration;

public sealed class ForbiddenSignsTests
{
    /// <summary>A text that no field may hold, and the kind of sign that is told of.</summary>
    public static TheoryData<string, string> Forbidden { get; } = new()
    {
        { "In\uFFFEsam", "en kod som inte är något tecken (U+FFFE)" },
        { "In\uFFFFsam", "en kod som inte är något tecken (U+FFFF)" },
        { "In\uFDD0sam", "en kod som inte är något tecken (U+FDD0)" },
        { "In\U0001FFFEsam", "en kod som inte är något tecken (U+1FFFE)" },
        { "In\\uD83Dsam", "ett halvt tecken (U+D83D)" },
        { "Insam\\uDE00", "ett halvt tecken (U+DE00)" },
        { "In\uFFFDsam", "ett tecken som har gått sönder (U+FFFD)" },
        { "In\u0007sam", "ett styrtecken (U+0007)" },
        { "In\u0085sam", "ett styrtecken (U+0085)" },
        { "In\u007Fsam", "ett styrtecken (U+007F)" },
        { "In\u202Esam", "ett osynligt tecken som ändrar läsriktningen (U+202E)" },
        { "In\u2066sam", "ett osynligt tecken som ändrar läsriktningen (U+2066)" },
        { "In\u200Fsam", "ett osynligt tecken som ändrar läsriktningen (U+200F)" },
        { "In\uE000sam", "ett privat tecken, som ser olika ut på olika datorer (U+E000)" },
        { "In\U000F0000sam", "ett privat tecken, som ser olika ut på olika datorer (U+F0000)" },
        { "\u200B\u200D", "bara tecken som inte syns" },
        { "\u3164", "bara tecken som inte syns" },
        { "\uFEFF \u00AD", "bara tecken som inte syns" },
    };

    [Theory, MemberData(nameof(Forbidden))]
    public void Each_kind_is_told_and_taken_away(string escaped, string found)
    {
        // Half a sign would not come through from the list of cases.
        var text = System.Text.RegularExpressions.Regex.Unescape(escaped);
        ForbiddenSigns.In(text).ShouldBe(found);
        var kept = ForbiddenSigns.Without(text);
        ForbiddenSigns.In(kept).ShouldBeNull();
        kept.Replace("?", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ShouldBeOneOf("Insam", "");
        new System.Xml.Linq.XElement("x", ForbiddenSigns.ForDocument(text)).ToString().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("Åsa d'Arc–Öström", TextForm.Line)]
    [InlineData("Insats № 5 (40 %) – ”nya vägar”\u00A0€", TextForm.Line)]
    [InlineData("می‌خواهم", TextForm.Line)]
    [InlineData("👩‍👧 och 🏴\U000E0067\U000E0062\U000E007F", TextForm.Line)]
    [InlineData("mjuk\u00ADbindning", TextForm.Line)]
    [InlineData("En rad\r\n\toch en till", TextForm.Lines)]
    [InlineData("\u200Fكيف حالك؟\u200E", TextForm.AnyDirection)]
    [InlineData("", TextForm.Line)]
    public void What_people_write_stays_as_it_is(string text, TextForm form)
    {
        ForbiddenSigns.In(text, form).ShouldBeNull();
        ForbiddenSigns.Without(text, form).ShouldBe(text);
    }

    [Fact]
    public void A_line_break_belongs_in_lines_and_not_in_a_line()
    {
        ForbiddenSigns.In("a\nb").ShouldBe("en radbrytning (U+000A)");
        ForbiddenSigns.In("a\u2028b").ShouldBe("en radbrytning (U+2028)");
        ForbiddenSigns.In("a\tb").ShouldBe("ett tabbtecken (U+0009)");
        ForbiddenSigns.Without("a\nb").ShouldBe("a b");
        ForbiddenSigns.In("a\u202Eb", TextForm.AnyDirection).ShouldNotBeNull();
    }

    [Fact]
    public async Task Every_store_refuses_them_in_every_text_and_tells_which_field()
    {
        await using var fixture = await RegistryFixture.CreateAsync("sqlite");
        var (database, forbund, insats) = (fixture.Test.Database, fixture.ForbundId, await fixture.InsatsAsync());
        var stay = await fixture.EnterAsync(await fixture.ParticipantAsync(), insats);
        const string Bad = "In\uFFFEsam";
        var texts = new (string What, Func<Task> Act)[]
        {
            ("Förbundets namn", () => new ForbundStore(database).AddAsync(new NewForbund { Name = Bad })),
            ("Insatsens namn", () => fixture.InsatsAsync(Bad)),
            ("Deltagarkod", () => fixture.ParticipantAsync(Bad)),
            ("Deltagarens namn", () => fixture.Participants.AddAsync(
                    new NewParticipant
                    {
                        ForbundId = forbund,
                        Code = "A9",
                        Gender = "woman",
                        BirthYear = 1990,
                        Name = Bad,
                    })),
            ("Texten", () => new InsatsTextStore(database).SetAllAsync([
                    new NewInsatsText
                    {
                        ForbundId = forbund,
                        InsatsId = insats,
                        CalendarYear = 2024,
                        Section = "resultat",
                        Body = Bad,
                        Version = null,
                    },
                ])),
            ("Vad kostnaden avser", () => fixture.Economy.SetCostAsync(
                    new NewForbundCost
                    {
                        ForbundId = forbund,
                        CalendarYear = 2024,
                        Name = Bad,
                        BudgetKronor = 1,
                    })),
            ("Instrumentets kod", () => fixture.Instruments.AddAsync(Instrument(Bad, "fraga", "Hur?"))),
            ("Frågans kod", () => fixture.Instruments.AddAsync(Instrument("I", Bad, "Hur?"))),
            ("Frågans text (sv)", () => fixture.Instruments.AddAsync(Instrument("I", "fraga", Bad))),
            ("Anteckningen", () => new QualityChecks(database).DismissAsync(forbund, "unknown_gender", stay, Bad, "prov")),
            ("Namn", () => new UserStore(database).AddAsync(
                    new NewUser
                    {
                        ForbundId = forbund,
                        UserName = "ny@exempel.se",
                        DisplayName = Bad,
                        PasswordHash = "x",
                        Roles = ["auditor"],
                    })),
            ("E-postadressen", () => new UserStore(database).AddAsync(
                    new NewUser
                    {
                        ForbundId = forbund,
                        UserName = "ny\uFFFE@exempel.se",
                        DisplayName = "Ny",
                        PasswordHash = "x",
                        Roles = ["auditor"],
                    })),
            ("Förbundets eget ord för ”Arbete utan stöd”", OwnWordAsync),
        };
        foreach (var (what, act) in texts)
            (await Should.ThrowAsync<RegistrationException>(act)).Errors.ShouldContain(
                e => e.Message == $"{what} innehåller en kod som inte är något tecken (U+FFFE). Skriv om texten utan det.",
                what);

        async Task OwnWordAsync()
        {
            var store = new CodeListStore(database);
            var value = (await store.OfForbundAsync(forbund, CodeList.ExitReason)).Values[0];
            await store.ChooseAsync(
                new CodeListChange
                {
                    ForbundId = forbund,
                    List = CodeList.ExitReason,
                    Actor = "prov",
                    Values =
                    [
                        new CodeChoice
                        {
                            Code = value.Code,
                            IsOffered = true,
                            Label = Bad,
                            Version = value.Version,
                        },
                    ],
                });
        }

        NewInstrument Instrument(string code, string item, string text) =>
            new()
            {
                ForbundId = forbund,
                Code = code,
                InstrumentVersion = 1,
                Respondent = "participant",
                Items =
                [
                    new NewInstrumentItem
                    {
                        Code = item,
                        ScaleMin = 1,
                        ScaleMax = 5,
                        IsHigherBetter = true,
                        Texts = new Dictionary<string, string> { ["sv"] = text },
                    },
                ],
            };
    }

    public static TheoryData<ImportKind, string, string, string> Files { get; } = new()
    {
        { ImportKind.Insatser, ImportFixture.Insatser, "Ny\u202Ett;;individinriktad;individ;nej;2020-01-01;;", "insats" },
        { ImportKind.Instrument, ImportFixture.Instrument, "Ny\uFFFF;1;deltagare;halsa;Hur mår du?;1;10;hogre_ar_battre;1", "instrument" },
        { ImportKind.Instrument, ImportFixture.Instrument, "Ny;1;deltagare;hal\uE000sa;Hur mår du?;1;10;hogre_ar_battre;1", "fraga" },
        { ImportKind.Instrument, ImportFixture.Instrument, "Ny;1;deltagare;halsa;Hur \uFFFE mår du?;1;10;hogre_ar_battre;1", "text" },
        { ImportKind.Instrument, ImportFixture.Instrument + ";text_ar", "Ny;1;deltagare;halsa;Hur mår du?;1;10;hogre_ar_battre;1;\u202Eنوم", "text_ar" },
        { ImportKind.Deltagare, ImportFixture.Deltagare, "A\uFFFE1;Insam;kvinna;1990;;2024-01-10;;", "deltagarkod" },
        { ImportKind.Deltagare, ImportFixture.Deltagare, "A\uFFFD1;Insam;kvinna;1990;;2024-01-10;;", "deltagarkod" },
    };

    [Theory, MemberData(nameof(Files))]
    public async Task A_file_tells_row_column_and_kind_of_sign(ImportKind kind, string header, string row, string column)
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var problem = (await fixture.ImportAsync(kind, header, row)).Problems.Kept.ShouldHaveSingleItem();
        (problem.Rule.Code, problem.Line, problem.Column).ShouldBe(("otillatet-tecken", 2, column));
        problem.WithoutValues.ShouldStartWith($"{column} innehåller ");
    }

    [Fact]
    public async Task A_name_that_is_looked_up_never_stops_a_file_whatever_it_holds()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        foreach (var sign in new[] { "\uFFFE", "\uFFFF", "\u202E", "\U0001FFFE", "\uE000" })
        {
            (await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, $"A1;In{sign}sam;kv{sign}inna;1990;;2024-01-10;;")).IsValid.ShouldBe(
                sign == "\u202E", "a direction mark is not seen, and is left out of what is looked up");
            (
                await fixture.ImportAsync(
                    ImportKind.Sjalvskattning,
                    ImportFixture.Sjalvskattning,
                    $"A{sign}1;Insam{sign};Min {sign}väg;st{sign}art;2024-01-10;h{sign};1")).IsValid.ShouldBe(false);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Texts_from_before_the_rule_are_cleaned_once_and_each_is_in_the_log(string engine)
    {
        await using var fixture = await RegistryFixture.CreateAsync(engine);
        var (insats, other) = (await fixture.InsatsAsync(), await fixture.InsatsAsync("Annan"));
        var participant = await fixture.ParticipantAsync();
        await fixture.InstrumentAsync();
        await new InsatsTextStore(fixture.Test.Database).SetAllAsync([
            new NewInsatsText
            {
                ForbundId = fixture.ForbundId,
                InsatsId = insats,
                CalendarYear = 2024,
                Section = "resultat",
                Body = "Som det ska",
                Version = null,
            },
        ]);
        await PlantAsync("UPDATE forbund SET name = @p", "Sam\uFFFEordning");
        await PlantAsync($"UPDATE insats SET name = @p WHERE id = {other}", "Ins\u202Eam");
        await PlantAsync($"UPDATE participant SET code = @p WHERE id = {participant}", "\uE000");
        await PlantAsync("UPDATE insats_text SET body = @p", "Rad ett\nrad\u0007 två\uFFFF");
        await PlantAsync("UPDATE item_text SET body = @p WHERE language = 'ar'", "\u200Fنوم\u202E");
        await PlantAsync("UPDATE positive_definition SET label = @p WHERE code = 'positiv-losning'", "Positiv\u200E lösning");
        await fixture.SqlAsync("DELETE FROM schema_migration WHERE name = 'signs-in-texts'");

        await new Migrator(fixture.Test.Database).MigrateAsync();
        await new Migrator(fixture.Test.Database).MigrateAsync();

        (await new ForbundStore(fixture.Test.Database).AllAsync()).ShouldHaveSingleItem().Name.ShouldBe("Samordning");
        (await fixture.Insatser.FindAsync(fixture.ForbundId, other))!.Name.ShouldBe("Insam (2)");
        (await fixture.SqlAsync("SELECT code FROM participant")).ShouldBe("utan namn");
        (await fixture.SqlAsync("SELECT body FROM insats_text")).ShouldBe("Rad ett\nrad två");
        (await fixture.SqlAsync("SELECT body FROM item_text WHERE language = 'ar'")).ShouldBe("\u200Fنوم");
        (await fixture.SqlAsync("SELECT label FROM positive_definition WHERE code = 'positiv-losning'")).ShouldBe("Positiv lösning");
        await using var session = await fixture.Test.Database.ReadAsync();
        var events = (await AuditLog.EventsAsync(session, fixture.ForbundId)).Where(e => e.Action == "Texts.RemoveSigns").ToList();
        events
            .Select(e => e.Entity)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["forbund", "insats", "insats_text", "item_text", "participant", "positive_definition"]);
        events.ShouldContain(e => e.Entity == "insats" && e.EntityId == other && e.Detail == "name: ett osynligt tecken som ändrar läsriktningen (U+202E)");
        (await AuditLog.CheckAsync(session, fixture.ForbundId)).Fault.ShouldBe(AuditFault.None);

        async Task PlantAsync(string sql, string text)
        {
            await using var connection = await fixture.Test.Database.Engine.OpenAsync(CancellationToken.None);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@p", text);
            command.Parameters.Add(parameter);
            (await command.ExecuteNonQueryAsync()).ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public async Task A_name_with_letters_beyond_the_first_plane_is_registered_and_found()
    {
        await using var fixture = await RegistryFixture.CreateAsync("sqlite");
        await fixture.Participants.AddAsync(
            new NewParticipant
            {
                ForbundId = fixture.ForbundId,
                Code = "A9",
                Gender = "woman",
                BirthYear = 1990,
                Name = "\U0001D49Cnna \U00020BB7田",
            });
    }
}
