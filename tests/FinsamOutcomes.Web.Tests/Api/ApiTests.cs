using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using FinsamOutcomes.Data.ApiKeys;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Api;
using FinsamOutcomes.Web.Tests.Hosting;
using FinsamOutcomes.Web.Tests.Participants;
using FinsamOutcomes.Web.Tests.Statistics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FinsamOutcomes.Web.Tests.Api;

public sealed class ApiTests
{
    private const string Problem = "application/problem+json";

    [Fact]
    public async Task Each_key_reaches_what_the_table_says_on_its_own_side_of_each_border_and_nothing_else()
    {
        await using var host = await WebHost.StartAsync();
        var border = await Border.MakeAsync(host);
        var endpoints = host.Get<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) && Rights.For(e.RoutePattern.RawText) is null)
            .Select(e => $"{e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single()} /{e.RoutePattern.RawText!.Trim('/')}");
        endpoints.ShouldBe(ApiRights.Table.Select(r => r.Route), ignoreOrder: true);

        var wrong = new List<string>();
        foreach (var role in ApiKeyStore.Roles)
        {
            using var system = await ApiCaller.OfAsync(host, role, border.Own.ForbundId, role == ApiKeyStore.Registers ? [border.Own.InsatsId] : []);
            foreach (var right in ApiRights.Table)
            {
                foreach (var (place, ids) in border.Places)
                {
                    var parts = right.Route.Split(' ');
                    var path = RightsTableTests.Parameter().Replace(
                        parts[1],
                        m => m.Groups["name"].Value == "part" ? "kon" : ids.Ids[m.Groups["name"].Value].ToString(CultureInfo.InvariantCulture));
                    var expected = right.Of(role) == Reach.None ? "nekad"
                        : right.Scope is Scope.Participant or Scope.Participation && place != Border.OwnInsats ? "finns inte"
                        : "släppt fram";
                    // An empty body, and none, pass the table and are then refused as what they are.
                    var answer = await system.SendAsync(parts[0], path, parts[0] is "GET" or "DELETE" ? null : "{}");
                    var told = answer.Status switch
                    {
                        HttpStatusCode.Forbidden => "nekad",
                        HttpStatusCode.NotFound => "finns inte",
                        HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => "släppt fram",
                        var other => $"{(int)other}",
                    };
                    if (told != expected)
                        wrong.Add($"{right.Route} {role}, {place}: {told} i stället för {expected}");
                    if (answer.Status != HttpStatusCode.OK && answer.MediaType != Problem)
                        wrong.Add($"{right.Route} {role}, {place}: {answer.MediaType}");
                }
            }
        }

        wrong.ShouldBeEmpty();

        // Whoever is signed in on the pages is nobody here, and a key opens no page.
        var user = await host.AddUserAsync(border.Own.ForbundId, [Role.Caseworker], border.Own.InsatsId);
        using var browser = await host.SignInAsync(user);
        (await browser.GetAsync($"/api/v1/deltagare/{border.Own.Ids["participantId"]}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        using var caller = await ApiCaller.OfAsync(host, ApiKeyStore.Registers, border.Own.ForbundId, border.Own.InsatsId);
        (await caller.GetAsync($"/f/{border.Own.ForbundId}/deltagare")).Text.ShouldContain("Logga in");
    }

    [Fact]
    public async Task A_key_that_is_missing_malformed_wrong_waiting_revoked_or_expired_is_refused_and_the_log_says_so_once()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.AddInsatsAsync();
        var store = host.Get<ApiKeyStore>();
        using var right = await ApiCaller.OfAsync(host, ApiKeyStore.Registers, null, insats);
        using var revoked = await ApiCaller.OfAsync(host, ApiKeyStore.ReadsStatistics);
        using var expired = await ApiCaller.OfAsync(host, ApiKeyStore.ReadsStatistics);
        var administrator = (await host.Get<UserStore>().AllAsync(host.ForbundId)).Single().User;
        var first = new Administrator(host.ForbundId, administrator.Id, administrator.UserName);
        await store.RevokeAsync(first, ApiKey.Read(revoked.Key)!.Id);
        await host.SqlAsync($"UPDATE api_key SET expires_on = '2024-05-14' WHERE id = {ApiKey.Read(expired.Key)!.Id}");

        // With another administrator a key to people waits for the other's yes.
        var other = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        var second = new Administrator(host.ForbundId, other.Id, other.UserName);
        await host.SqlAsync($"UPDATE app_user SET password_hash = 'x' WHERE id IN ({first.Id}, {second.Id})");
        var system = (await store.AllAsync(host.ForbundId)).First(s => s.Role == ApiKeyStore.Registers);
        var made = await store.RenewAsync(first, system.Id, new DateOnly(2024, 12, 31));
        made.IsWaiting.ShouldBeTrue();
        using var waiting = new ApiCaller(host.Address, made.Text);
        await Should.ThrowAsync<Data.Registration.RegistrationException>(() => store.ApproveAsync(first, ApiKey.Read(made.Text)!.Id, null));

        string?[] keys =
        [
            null,
            "finsam",
            "finsam_1_kort",
            $"finsam_99999_{right.Key!.Split('_', 3)[2]}",
            right.Key[..^1] + (right.Key[^1] == 'A' ? 'E' : 'A'),
            revoked.Key,
            expired.Key,
            waiting.Key,
        ];
        foreach (var key in keys.Concat(keys))
        {
            using var caller = new ApiCaller(host.Address, key);
            var answer = await caller.GetAsync("insatser");
            answer.Status.ShouldBe(HttpStatusCode.Unauthorized, key);
            answer.MediaType.ShouldBe(Problem);
            answer.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
        }

        (await right.GetAsync("statistik/kon")).Status.ShouldBe(HttpStatusCode.Forbidden);
        system = (await store.AllAsync(host.ForbundId)).Single(s => s.Id == system.Id);
        await store.ApproveAsync(second, ApiKey.Read(made.Text)!.Id, ApiKeyStore.Digest(system, system.Keys[0]));
        (await waiting.GetAsync("insatser")).Status.ShouldBe(HttpStatusCode.OK);
        await new ReadingJournal(host.Database).ChainAsync();
        var log = (await new AuditStore(host.Database).SearchAsync(host.ForbundId, new AuditFilter { Action = "ApiKeys.Refuse" }, 1, "prov")).Events;
        log.Select(e => e.Detail)
            .ShouldBe(
                [
                    "Ingen nyckel skickades",
                    "Det som skickades är ingen nyckel",
                    "Nyckeln är okänd",
                    "Nyckeln är okänd",
                    "Nyckeln är återkallad",
                    "Nyckeln har gått ut",
                    "Nyckeln väntar på en administratörs ja",
                    "En del av statistiksidan, med skyddade tal: rollen räcker inte",
                ],
                ignoreOrder: true);
        log.ShouldContain(e => e.Actor.StartsWith("system: Prov", StringComparison.Ordinal));

        // In the open nothing is answered, and a wrong key too often is told to wait.
        using var stranger = new ApiCaller(host.Address, "finsam_1_kort");
        var last = await stranger.GetAsync("insatser");
        for (var i = 0; i < ApiLimits.WrongEachMinute && last.Status != HttpStatusCode.TooManyRequests; i++)
            last = await stranger.GetAsync("insatser");
        last.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        last.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        var calls = await Task.WhenAll(Enumerable.Range(0, ApiLimits.Saved + 60).Select(_ => right.GetAsync("deltaganden?fel=1")));
        calls.ShouldContain(c => c.Status == HttpStatusCode.TooManyRequests);
        calls.Count(c => c.Status == HttpStatusCode.BadRequest).ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task A_system_registers_reads_corrects_exits_and_undoes_as_the_pages_do()
    {
        await using var people = await People.StartAsync();
        var host = people.Host;
        using var system = await ApiCaller.OfAsync(host, ApiKeyStore.Registers, null, people.Own);
        (await system.GetAsync("insatser")).Json.EnumerateArray().Select(i => i.GetProperty("insats").GetString()).ShouldBe(["Insam"]);
        (await system.GetAsync("kodlistor")).Text.ShouldContain("\"kod\":\"arbetsformedlingen\"");
        (await system.GetAsync("kodlistor")).Text.ShouldContain("\"kod\":\"felregistrering\"");

        // Once, however often it is asked for: alike, at once, and with something else.
        var body = new
        {
            insats_id = people.Own,
            inskriven = "2024-05-02",
            kon = "kvinna",
            fodelsear = 1990,
            remittent = "arbetsformedlingen",
            fore = new { forsorjning = new[] { new { kod = "lon", procent = 40 } } },
        };
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => system.PostAsync("deltagare", body, "ett")));
        answers.Select(a => a.Status).ShouldAllBe(s => s == HttpStatusCode.Created);
        answers.Select(a => a.Text).Distinct().Count().ShouldBe(1, answers[0].Text);
        (await host.SqlAsync("SELECT COUNT(*) FROM participant")).ShouldBe(["1"]);
        var (person, stay) = (answers[0].Number("deltagare_id"), answers[0].Number("deltagande_id"));
        answers[0].Headers.Location!.ToString().ShouldBe($"/api/v1/deltagare/{person}");
        var another = await system.PostAsync("deltagare", body with { fodelsear = 1991 }, "ett");
        another.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        another.Errors("Idempotency-Key").ShouldNotBeEmpty();
        (await system.SendAsync("POST", "deltagare", body)).Errors("Idempotency-Key").ShouldNotBeEmpty();

        // Who may be the same person, and the one who is not.
        var likely = await system.PostAsync("deltagare", body);
        likely.Errors("ar_annan_person").ShouldNotBeEmpty();
        likely.Json.GetProperty("liknar")[0].GetProperty("deltagare_id").GetInt32().ShouldBe(person);
        var waiting = new { insats_id = people.Own, koad = "2024-05-03", kon = "man", fodelsear = 1950, deltagarkod = "K-2", bekraftat = false };
        (await system.PostAsync("deltagare", waiting)).Errors("bekraftat").Single().ShouldStartWith("Födelseåret 1950 ger åldern 74 år 2024.");
        var queued = await system.PostAsync("deltagare", waiting with { bekraftat = true });

        // Read, and noted; a name that is there stays there and is told to nobody.
        await host.Get<ParticipantStore>().UpdateAsync(
            new ParticipantChange
            {
                ForbundId = host.ForbundId,
                Id = person,
                Version = 1,
                Code = "D0001",
                Gender = "woman",
                BirthYear = 1990,
                Name = "Vera Ängström",
                PersonalNumber = null,
                HasProtectedIdentity = false,
            });
        var read = await system.GetAsync($"deltagare/{person}");
        read.Text.ShouldNotContain("Vera");
        read.Json.GetProperty("deltaganden")[0].GetProperty("lage").GetString().ShouldBe("inskriven");
        var correction = new { version = 1, deltagarkod = "D-1", kon = "kvinna", fodelsear = 1989 };
        (await system.PutAsync($"deltagare/{person}", correction)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await system.PutAsync($"deltagare/{person}", correction with { version = 2 })).Number("version").ShouldBe(3);
        (await host.Get<ParticipantStore>().ReadIdentityAsync(host.ForbundId, person, "prov")).Name.ShouldBe("Vera Ängström");
        (await system.SendAsync("POST", "deltagare/sok", new { deltagarkod = "d-1" })).Number("id").ShouldBe(person);

        // In and out, and out taken back; each with the version that was read.
        var path = $"deltaganden/{queued.Number("deltagande_id")}";
        (await system.PutAsync($"{path}/inskrivning", new { version = 1, inskriven = "2024-05-04", bekraftat = true })).Stay("version").GetInt32().ShouldBe(2);
        var exit = new
        {
            version = 2,
            utskriven = "2024-05-10",
            avslutsanledning = "arbete",
            planerat_avslut = true,
            efter = new { arbete = 50, studier = 0, soker_arbete = true },
        };
        (await system.PutAsync($"{path}/avslut", exit with { utskriven = "2023-02-10" })).Errors("bekraftat")
            .Single().ShouldStartWith("Avslutet 2023-02-10 är för mer än 12 månader sedan.");
        (await system.PutAsync($"{path}/avslut", exit)).Json.GetProperty("efter").GetProperty("arbete").GetInt32().ShouldBe(50);
        (await system.PutAsync($"{path}/avslut", exit)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await system.SendAsync("DELETE", $"{path}/avslut?version=3")).Stay("lage").GetString().ShouldBe("inskriven");
        (await system.PutAsync(path, new { version = 4, koad = "2024-05-01", inskriven = "2024-05-04", remittent = "arbetsformedlingen", bekraftat = true }))
            .Stay("koad").GetString().ShouldBe("2024-05-01");

        // A past stay of somebody registered; nobody of another insats, and no insats of others.
        var past = new { deltagare_id = person, insats_id = people.Own, inskriven = "2023-02-01", utskriven = "2023-06-30", avslutsanledning = "studier" };
        (await system.PostAsync("deltaganden", past)).Status.ShouldBe(HttpStatusCode.Created);
        (await system.PostAsync("deltaganden", past)).Errors("inskriven").ShouldNotBeEmpty();
        var foreign = await people.AddAsync("F-1", insats: people.Foreign);
        var refused = await system.PostAsync("deltaganden", past with { deltagare_id = foreign.ParticipantId, insats_id = people.Foreign });
        refused.Errors("insats_id").ShouldBe(["Du arbetar inte i den insatsen. Välj en av dina egna."]);
        (await system.PostAsync("deltaganden", past with { deltagare_id = 987_654, insats_id = people.Foreign })).Text.ShouldBe(refused.Text);
        (await system.SendAsync("POST", "deltagare/sok", new { deltagarkod = "F-1" })).Status.ShouldBe(HttpStatusCode.NotFound);

        // That a code is another's tells of the person, and is counted, whatever else is wrong.
        var told = await host.SqlAsync("SELECT match_count FROM presence_watch");
        (await system.PostAsync("deltagare", waiting with { deltagarkod = "F-1", bekraftat = true })).Errors("deltagarkod").ShouldNotBeEmpty();
        (await system.PostAsync("deltagare", waiting with { deltagarkod = "F-1" })).Errors("deltagarkod").ShouldNotBeEmpty();
        (await host.SqlAsync("SELECT match_count FROM presence_watch")).ShouldBe([$"{int.Parse(told.Single(), CultureInfo.InvariantCulture) + 2}"]);

        // What somebody has marked as registered by mistake is no exit to undo.
        var ended = (await host.SqlAsync("SELECT id FROM participation WHERE ended_on = '2023-06-30'")).Single();
        await host.Get<ParticipationStore>().MisregisterAsync(host.ForbundId, int.Parse(ended, CultureInfo.InvariantCulture), 1, "prov");
        var kept = await system.SendAsync("DELETE", $"deltaganden/{ended}/avslut?version=2");
        (kept.Status, kept.Text.Contains("felregistrerat", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true));

        // All of them, a slice at a time; those of the spring alone.
        var all = await system.GetAsync("deltaganden");
        all.Json.GetProperty("deltaganden").GetArrayLength().ShouldBe(3);
        all.Json.GetProperty("nasta").ValueKind.ShouldBe(JsonValueKind.Null);
        (await system.GetAsync($"deltaganden?insats={people.Own}&fran=2024-01-01&efter={stay}")).Json.GetProperty("deltaganden").GetArrayLength().ShouldBe(1);

        await new ReadingJournal(host.Database).ChainAsync();
        var actor = (await host.SqlAsync("SELECT user_name FROM app_user WHERE is_system = 1")).Single();
        (await host.ActionsByAsync(actor)).Distinct().ShouldBe(
            [
                "Participants.Add", "Participations.Register", "Presence.Match", "Participations.Queue", "Participants.Update", "Participations.Enter",
                "Participations.Exit", "Participations.UndoExit", "Participations.Correct", "Participants.Open", "Participations.Open", "Participants.List",
            ],
            ignoreOrder: true);

        // It is no colleague: nobody gives it a participant, and it is not among the users.
        (await host.Get<UserStore>().AllAsync(host.ForbundId)).ShouldNotContain(u => u.User.UserName == actor);
        (await people.Browser.GetAsync($"{people.Root}/deltagare/ny")).Html.ShouldNotContain(actor["system: ".Length..]);
    }

    [Fact]
    public async Task What_a_form_refuses_is_refused_with_the_same_words_and_what_no_form_could_send_is_no_error_of_ours()
    {
        await using var people = await People.StartAsync();
        using var system = await ApiCaller.OfAsync(people.Host, ApiKeyStore.Registers, null, people.Own);
        (string Field, string Form, string Json, string Value)[] faults =
        [
            ("Input.BirthYear", "1850", "fodelsear", "1850"),
            ("Input.On", "2030-01-01", "inskriven", "\"2030-01-01\""),
            ("Input.Referrer", "grannen", "remittent", "\"grannen\""),
            ("Input.EducationLevel", "livet", "utbildning", "\"livet\""),
            ("Input.InsatsId", people.Foreign.ToString(CultureInfo.InvariantCulture), "insats_id", people.Foreign.ToString(CultureInfo.InvariantCulture)),
            ("Input.Code", "19900101-1234", "deltagarkod", "\"19900101-1234\""),
            ("Input.Code", "=1+1\"", "deltagarkod", "\"=1+1\\\"\""),
            ("Input.Code", new string('x', 51), "deltagarkod", $"\"{new string('x', 51)}\""),
            ("Input.Gender", "annat", "kon", "\"annat\""),
        ];
        foreach (var (field, form, json, value) in faults)
        {
            var page = await people.Browser.PostFormAsync(
                $"{people.Root}/deltagare/ny",
                "Input.BirthYear",
                [.. new[] { ("Input.Gender", "woman"), ("Input.BirthYear", "1990"), ("Input.On", "2024-05-02") }.Where(f => f.Item1 != field), (field, form)]);
            var fields = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["kon"] = "\"kvinna\"",
                ["fodelsear"] = "1990",
                ["inskriven"] = "\"2024-05-02\"",
                ["insats_id"] = $"{people.Own}",
                [json] = value,
            };
            var answer = await system.PostAsync("deltagare", "{" + string.Join(',', fields.Select(f => $"\"{f.Key}\":{f.Value}")) + "}");
            answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, $"{json}: {answer.Text}");
            answer.Errors(json).ShouldNotBeEmpty($"{json}: {answer.Text}");
            foreach (var told in answer.Errors(json))
                page.Errors.Any(e => e.Contains(told, StringComparison.Ordinal)).ShouldBeTrue($"{json}: {told} / {string.Join(' ', page.Errors)}");
        }

        (string Body, string Field)[] crafted =
        [
            ("", ""), ("null", ""), ("[]", ""), ("\"x\"", ""), ("{", ""), ("{}x", ""), (string.Concat(Enumerable.Repeat("{\"fore\":", 500)), "fore.fore"),
            (new string('[', 5000), ""),
            ("{\"fodelsear\":1e400}", "fodelsear"), ("{\"fodelsear\":99999999999999999999}", "fodelsear"), ("{\"fodelsear\":\"1990\"}", "fodelsear"),
            ("{\"fodelsear\":1990.5}", "fodelsear"), ("{\"kon\":{}}", "kon"), ("{\"fore\":[]}", "fore"), ("{\"inskriven\":\"2024-02-30\"}", "inskriven"),
            ("{\"skyddade_personuppgifter\":null}", "skyddade_personuppgifter"), ("{\"namn\":\"Vera\"}", "namn"), ("{\"personnummer\":\"1\"}", "personnummer"),
            ("{\"kon\":\"man\",\"kon\":\"kvinna\"}", "kon"), ("{\"Kon\":\"man\"}", ""),
        ];
        foreach (var (body, field) in crafted)
        {
            var answer = await system.PostAsync("deltagare", body);
            answer.Status.ShouldBe(HttpStatusCode.BadRequest, body);
            answer.MediaType.ShouldBe(Problem);
            answer.Errors(field).ShouldNotBeEmpty($"{body}: {answer.Text}");
            answer.Text.ShouldNotContain("Vera");
        }

        foreach (var sign in new[] { "\\u0000", "\\u202e", "\\ud800", "\\ufffe" })
            (await system.PostAsync("deltagare", $$"""{"deltagarkod":"A{{sign}}","kon":"{{sign}}","remittent":"{{sign}}","fodelsear":1990}""")).Status
                .ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity);
        (await system.PostAsync("deltagare", Encoding.Latin1.GetBytes("{\"kon\":\"å\"}"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await system.PostAsync("deltagare", "{\"kon\":\"" + new string('x', 70_000) + "\"}")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await system.SendAsync("POST", "deltagare", new string('x', 1_100_000))).MediaType.ShouldBe(Problem);
        (await system.SendAsync("POST", "deltagare", "{}", "x", "text/plain")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await system.SendAsync("POST", "deltagare", "{}", "x", "application/json; charset=utf-16")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await system.SendAsync("PATCH", "deltagare")).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await system.SendAsync("POST", "insatser")).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await system.SendAsync("GET", "finns-inte")).MediaType.ShouldBe(Problem);
        (await system.SendAsync("GET", "deltagare/99999999999")).Status.ShouldBe(HttpStatusCode.NotFound);
        var many = Enumerable.Range(0, 900).Select(_ => new { kod = "lon", procent = 1 });
        (await system.PostAsync("deltagare", new { fore = new { forsorjning = many } })).Errors("fore.forsorjning").ShouldNotBeEmpty();
        (await system.PostAsync("deltagare", new { fore = new { arbete = 20 } })).Errors("fore.arbete").ShouldNotBeEmpty();
        (await people.Host.SqlAsync("SELECT COUNT(*) FROM participant")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task Statistics_are_the_cells_that_the_page_shows_and_hide_what_it_hides()
    {
        await using var host = await WebHost.StartAsync(spoil: app => app.Use((context, next) =>
            context.Request.Query.ContainsKey("spoil") ? throw new InvalidOperationException("Vera Ängström") : next(context)));
        var insats = await Exits.AddAsync(host);
        using var system = await ApiCaller.OfAsync(host, ApiKeyStore.ReadsStatistics);
        using var browser = await host.SignInAsync(Role.ProcessSupporter);
        var states = new HashSet<string>(StringComparer.Ordinal);
        foreach (var query in new[] { "fran=2024-01-01&till=2024-04-30", $"fran=2024-01-01&till=2024-04-30&insats={insats}&visa=publicerat" })
        {
            var page = await browser.GetAsync($"/f/{host.ForbundId}/statistik?{query}");
            foreach (var part in new[] { "kon", "laget" })
            {
                var json = await system.GetAsync($"statistik/{part}?{query}");
                var file = await browser.GetAsync($"/f/{host.ForbundId}/statistik/{part}.csv?{query}");
                (await system.GetAsync($"statistik/{part}?{query}&format=csv")).Text.ShouldBe(file.Html);
                var lines = file.Html.TrimStart('\uFEFF').Split("\r\n");
                var rows = json.Json.GetProperty("rader").EnumerateArray().ToList();
                json.Json.GetProperty("kolumner").EnumerateArray().Select(c => c.GetProperty("rubrik").GetString())
                    .ShouldBe(lines[0].Split(';').Select(h => h.Trim('"')));
                foreach (var (row, line) in rows.Zip(lines.Skip(1)))
                {
                    var values = row.GetProperty("celler").EnumerateArray().Select(cell =>
                    {
                        states.Add(cell.GetProperty("lage").GetString()!);
                        cell.TryGetProperty("tal", out var number).ShouldBeTrue();
                        if (cell.GetProperty("lage").GetString() != "visas")
                            number.ValueKind.ShouldBe(JsonValueKind.Null);
                        page.Content.ShouldContain(cell.GetProperty("visas").GetString()!.Trim());
                        return number.ValueKind == JsonValueKind.Null
                            ? cell.GetProperty("visas").GetString()!
                            : number.GetDecimal().ToString(CultureInfo.GetCultureInfo("sv-SE")).Replace('\u2212', '-');
                    });
                    string.Join(';', values).ShouldBe(line.Replace("\"", "", StringComparison.Ordinal));
                }

                json.Json.GetProperty("definition").GetString().ShouldNotBeNullOrEmpty();
                page.Content.ShouldContain(json.Json.GetProperty("rubrik").GetString()!);
            }
        }

        states.ShouldContain("dold");

        // What nobody has reported is no number, and a target says its own unit.
        await host.AddInsatsAsync("Öppet hus", method: "count");
        using var another = await ApiCaller.OfAsync(host, ApiKeyStore.ReadsStatistics);
        var known = await host.AddInsatsAsync("Kafé", method: "count");
        await host.SqlAsync(
            $"INSERT INTO head_count (forbund_id, insats_id, calendar_year, half, gender, number_of_people) VALUES ({host.ForbundId}, {known}, 2023, 0, 'woman', 12)");
        await host.Get<InsatsEconomyStore>().SetTargetAsync(
            new NewTarget
            {
                ForbundId = host.ForbundId,
                Measure = "positiva-avslut",
                Definition = "arbete-eller-studier",
                CalendarYear = 2024,
                Goal = 0.36m,
            });
        var counted = (await Cells("raknade?fran=2023-01-01&till=2023-12-31")).Where(c => c.GetProperty("visas").GetString() == "inte ifyllt").ToList();
        counted.ShouldNotBeEmpty();
        counted.ShouldAllBe(c => c.GetProperty("lage").GetString() == "inte ifyllt" && c.GetProperty("tal").ValueKind == JsonValueKind.Null);
        (await Cells("mal?fran=2024-01-01&till=2024-04-30")).Where(c => c.GetProperty("enhet").GetString() == "procent").Select(c => c.GetProperty("tal").GetDecimal())
            .ShouldBe([36], "what came of it is protected");

        (await system.GetAsync("statistik/kon?fran=2024-13-01")).Errors("fran").ShouldNotBeEmpty();
        // Nothing is shown instead, and nothing is said to be.
        (await system.GetAsync("statistik/kon?till=2030-01-01")).Errors("till").ShouldBe(["Slutdatumet 2030-01-01 är i framtiden."]);
        const string Women = "statistik/kon?fran=2024-01-01&till=2024-04-30&format=csv&kon=";
        var women = await system.GetAsync(Women + "kvinna");
        (women.Status, (await system.GetAsync(Women + "woman")).Text).ShouldBe((HttpStatusCode.OK, women.Text));
        women.Text.Split("\r\n")[0].ShouldNotContain("Alla");
        (await system.GetAsync("statistik/kon?exakt=ja")).Status.ShouldBe(HttpStatusCode.BadRequest);
        var broken = await system.GetAsync("openapi.json?spoil=1");
        (broken.Status, broken.MediaType).ShouldBe((HttpStatusCode.InternalServerError, Problem));
        broken.Json.GetProperty("referens").GetString().ShouldNotBeNullOrEmpty();
        broken.Text.ShouldNotContain("Vera");
        (await system.GetAsync("statistik/finns-inte")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await system.GetAsync("statistik/kon?format=xml")).Errors("format").ShouldNotBeEmpty();
        var saved = (await new AuditStore(host.Database).SearchAsync(host.ForbundId, new AuditFilter { Action = "Board.Save" }, 1, "prov")).Events;
        saved.Count(e => e.Actor.StartsWith("system: ", StringComparison.Ordinal)).ShouldBe(12);

        async Task<List<JsonElement>> Cells(string part)
        {
            var answer = await another.GetAsync($"statistik/{part}");
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
            return [.. answer.Json.GetProperty("rader").EnumerateArray().SelectMany(r => r.GetProperty("celler").EnumerateArray())];
        }
    }

    [Fact]
    public async Task The_description_says_what_each_endpoint_takes_and_gives_and_holds_all_of_them()
    {
        await using var people = await People.StartAsync();
        using var stranger = new ApiCaller(people.Host.Address, null);
        var document = (await stranger.GetAsync("openapi.json")).Json;
        document.GetProperty("openapi").GetString().ShouldStartWith("3.");
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(o => (Path: p.Name, Method: o.Name.ToUpperInvariant(), o.Value)))
            .ToList();
        operations.Select(o => $"{o.Method} {o.Path}")
            .ShouldBe(ApiRights.Table.Select(r => r.Route.Replace(":int", "", StringComparison.Ordinal)), ignoreOrder: true);
        foreach (var (path, method, operation) in operations)
        {
            operation.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty($"{method} {path}");
            operation.GetProperty("responses").EnumerateObject().Select(r => r.Name).ShouldContain("422");
            if (operation.TryGetProperty("parameters", out var parameters))
                foreach (var parameter in parameters.EnumerateArray())
                    parameter.GetProperty("description").GetString().ShouldNotBeNullOrEmpty($"{method} {path}: {parameter}");
        }

        var asked = operations.Single(o => o.Path.Contains("/statistik/", StringComparison.Ordinal)).Value.GetProperty("parameters").EnumerateArray()
            .ToDictionary(p => p.GetProperty("name").GetString()!, p => p.GetProperty("schema"));
        asked["alder"].GetProperty("items").GetProperty("enum").EnumerateArray().Select(c => c.GetString()).ShouldContain("16-24");
        asked["definition"].GetProperty("enum").GetArrayLength().ShouldBeGreaterThan(1);
        asked["kon"].GetProperty("enum").EnumerateArray().Select(c => c.GetString()).ShouldBe(["kvinna", "man", "okant"]);

        var schemas = document.GetProperty("components").GetProperty("schemas");
        // Comments of the code, which are in English, would stand on the records themselves.
        schemas.EnumerateObject().Where(s => s.Value.TryGetProperty("description", out _)).Select(s => s.Name).ShouldBeEmpty();
        foreach (var schema in schemas.EnumerateObject())
            foreach (var property in schema.Value.GetProperty("properties").EnumerateObject())
                property.Value.GetRawText().ShouldContain("\"description\"", customMessage: $"{schema.Name}.{property.Name}");

        // What is answered has the very fields that are described.
        using var system = await ApiCaller.OfAsync(people.Host, ApiKeyStore.Registers, null, people.Own);
        var person = await people.AddAsync("A-1");
        (string Path, ApiAnswered Answer, string Schema)[] answered =
        [
            ("deltagare", await system.GetAsync($"deltagare/{person.ParticipantId}"), "ParticipantOutput"),
            ("deltagande", await system.GetAsync($"deltaganden/{person.ParticipationId}"), "WholeParticipationOutput"),
            ("lista", await system.GetAsync("deltaganden"), "ParticipationPage"),
            ("fel", await system.GetAsync("deltaganden?x=1"), "ApiProblem"),
        ];
        foreach (var (path, answer, schema) in answered)
        {
            var described = schemas.GetProperty(schema).GetProperty("properties").EnumerateObject().Select(p => p.Name).ToList();
            answer.Json.EnumerateObject().Select(p => p.Name).Except(described).ShouldBeEmpty(path);
            if (schema != "ApiProblem")
                described.Except(answer.Json.EnumerateObject().Select(p => p.Name)).ShouldBeEmpty(path);
        }
    }
}
