using System.Net;
using System.Text;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;
using FinsamOutcomes.Web.Tests.Statistics;

namespace FinsamOutcomes.Web.Tests.Texts;

public sealed class ForbiddenSignsPageTests
{
    private const string Said = " innehåller en kod som inte är något tecken (U+FFFE). Skriv om";

    /// <summary>A role, its page, the field and what else the form needs.</summary>
    public static TheoryData<string, string, string, string> Forms { get; } = new()
    {
        { Role.Administrator, "insatser/ny", "Input.Name", "Insatsens namn" },
        { Role.Administrator, "insatser/{insats}/redigera", "Input.Name", "Insatsens namn" },
        { Role.Administrator, "kostnader", "Input.Name", "Vad kostnaden avser" },
        { Role.Administrator, "kodlistor/remittenter", "Input.Values[0].Label", "Förbundets eget ord för" },
        { Role.Administrator, "anvandare", "Input.DisplayName", "Namn" },
        { Role.Administrator, "anvandare", "Input.UserName", "E-postadressen" },
        { Role.Caseworker, "deltagare/ny", "Input.Code", "Deltagarkod" },
        { Role.Caseworker, "deltagare/ny", "Input.Name", "Deltagarens namn" },
        { Role.InsatsManager, "insatser/{insats}/texter/2023", "Input[0].Body", "Texten" },
    };

    [Theory, MemberData(nameof(Forms))]
    public async Task A_form_tells_the_field_and_the_kind_of_sign(string role, string page, string field, string what)
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.AddInsatsAsync();
        using var browser = await host.SignInAsync(role, insats);
        var form = await browser.GetAsync($"/f/{host.ForbundId}/{page.Replace("{insats}", $"{insats}", StringComparison.Ordinal)}");
        form.Html.ShouldContain($"name=\"{field}\"");
        (string, string)[] needed =
            page == "deltagare/ny" ? [("Input.Gender", "woman"), ("Input.InsatsId", $"{insats}"), ("Input.StartedOn", "2024-02-01")]
            : page == "insatser/ny"
                ? [("Input.StartsOn", "2024-01-01"), ("Input.Orientation", "individual"), ("Input.FollowUpMethod", "individual"), ("Input.IsEsf", "false")]
            : [];
        var answer = await browser.PostFormAsync(form, field, [.. needed, (field, "In\uFFFEsam")]);
        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Errors.ShouldContain(e =>
            e.Contains(Said, StringComparison.Ordinal) && (e.StartsWith(what, StringComparison.Ordinal) || e.StartsWith("Texten", StringComparison.Ordinal)));
        answer.Errors.Count(e => e.Contains("U+FFFE", StringComparison.Ordinal)).ShouldBe(1);
        (await host.Get<InsatsStore>().TreeAsync(host.ForbundId)).ShouldHaveSingleItem().Insats.Name.ShouldBe("Insam");
    }

    // What is searched for goes to no store that would say no.
    [Fact]
    public async Task What_is_searched_for_in_the_log_is_a_text_as_any_other()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Auditor);
        var answer = await browser.PostFormAsync($"/f/{host.ForbundId}/logg", "Input.Participant", ("Input.Participant", "In\uFFFEsam"));
        answer.Errors.ShouldHaveSingleItem().ShouldStartWith("Texten" + Said);
    }

    [Fact]
    public async Task A_sign_that_came_in_another_way_stops_neither_statistics_nor_reports()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await Exits.AddAsync(host);
        foreach (var name in new[] { "Ins\uFFFEam", "Ins\uFFFFam", "Ins\u0007am", "Ins\u202Eam" })
        {
            await using (var connection = await host.Database.Engine.OpenAsync(CancellationToken.None))
            {
                await using var command = connection.CreateCommand();
                command.CommandText = $"UPDATE insats SET name = @name WHERE id = {insats}";
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ("@name", name);
                command.Parameters.Add(parameter);
                await command.ExecuteNonQueryAsync();
            }

            using var browser = await host.SignInAsync(Role.ProcessSupporter);
            var page = await browser.GetAsync($"/f/{host.ForbundId}/statistik?ar=2024");
            page.Status.ShouldBe(HttpStatusCode.OK);
            page.Html.ShouldContain("<svg");
            var store = host.Get<ReportJobStore>();
            var job = await store.RequestAsync(
                new NewReportJob
                {
                    ForbundId = host.ForbundId,
                    Report = "projektredovisning",
                    CalendarYear = 2024,
                    Policy = "minst-5",
                    Actor = "prov",
                });
            for (
                var tries = 0;
                tries < 600 && (await store.FindAsync(host.ForbundId, job))!.State is ReportJobStates.Queued or ReportJobStates.Running;
                tries++)
                await Task.Delay(100);
            (await store.FindAsync(host.ForbundId, job))!.State.ShouldBe(ReportJobStates.Done, Convert.ToHexString(Encoding.UTF8.GetBytes(name)));
        }
    }
}
