using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using FinsamOutcomes.Testing;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Forms;

/// <summary>Forms as no page of ours sends them: each gets an answer in words, never an unexpected error.</summary>
public sealed partial class CraftedFormTests
{
    [Theory]
    [InlineData(Role.Caseworker)]
    [InlineData(Role.InsatsManager)]
    [InlineData(Role.ProcessSupporter)]
    [InlineData(Role.Administrator)]
    [InlineData(Role.Auditor)]
    public async Task Every_form_of_every_page_with_a_field_missing_empty_doubled_strange_or_numbered_wrongly_is_answered(string role)
    {
        await using var host = await WebHost.StartAsync();
        var border = await Border.MakeAsync(host);
        await host.AddInsatsAsync("Räknas", border.Own.ForbundId, method: "count");
        var (sent, wrong, number) = (0, new List<string>(), 0);
        foreach (var right in Rights.Table.Where(r => r.Scope is not (Scope.Open or Scope.Account) && r.Of(role) != Reach.None))
        {
            var own = border.Own;
            var browser = await host.SignInAsync(await host.AddUserAsync(own.ForbundId, [role], own.InsatsId));
            var forms = await FormsAsync(browser, own.Address(right.Route));
            for (var place = 0; place < forms.Count; place++)
            {
                var spoiled = Spoiled(forms[place].Values.ToList()).ToList();
                for (var i = 0; i < spoiled.Count; i++)
                {
                    if (place >= forms.Count)
                        break;
                    var token = forms[place].Values.First(v => v.Name == Token).Value;
                    using var content = new FormUrlEncodedContent(
                        spoiled[i].Fields.Select(f => KeyValuePair.Create(f.Name, f.Name == Token ? token : f.Value)));
                    using var answer = await browser.Client.PostAsync(new Uri(host.Address, forms[place].Action), content);
                    sent++;
                    if ((int)answer.StatusCode >= 500)
                        wrong.Add($"{role} {forms[place].Action}, {spoiled[i].How}: {(int)answer.StatusCode}");
                    // What was taken away can't be spoiled any more.
                    if (answer.StatusCode == HttpStatusCode.Found && (forms = await FormsAsync(browser, own.Address(right.Route))).Count <= place)
                    {
                        own = await Place.MakeAsync(host, border.Own.ForbundId, string.Create(CultureInfo.InvariantCulture, $"Prov {++number}"));
                        browser.Dispose();
                        browser = await host.SignInAsync(await host.AddUserAsync(own.ForbundId, [role], own.InsatsId));
                        forms = await FormsAsync(browser, own.Address(right.Route));
                    }
                }
            }

            browser.Dispose();
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{role}: {sent} forms sent");
        wrong.ShouldBeEmpty();
        sent.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_form_with_more_fields_than_any_of_ours_is_refused_in_words()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.AddInsatsAsync();
        using var browser = await host.SignInAsync(Role.Caseworker, insats);
        var address = $"/f/{host.ForbundId}/deltagare/ny";
        var token = (await FormsAsync(browser, address))[0].Values.First(v => v.Name == Token);
        foreach (var count in new[] { 7_900, 20_000 })
        {
            using var content = new FormUrlEncodedContent(
                Enumerable
                    .Range(0, count)
                    .Select(i => KeyValuePair.Create($"Input.Before.Shares[{i}].Code", "x"))
                    .Append(KeyValuePair.Create(token.Name, token.Value)));
            using var answer = await browser.Client.PostAsync(new Uri(host.Address, address), content);
            ((int)answer.StatusCode).ShouldBeLessThan(500);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("<h1>");
        }
    }

    private const string Token = "__RequestVerificationToken";

    private static async Task<IReadOnlyList<WebForm>> FormsAsync(WebBrowser browser, string address) =>
        await browser.GetAsync(address) is { Status: HttpStatusCode.OK } page && page.Response.Content.Headers.ContentType?.MediaType == "text/html"
            ? [.. page.Forms.Where(f => !f.Action.Contains("logga-ut", StringComparison.Ordinal) && f.Names.Contains(Token))]
            : [];

    private static IEnumerable<(string How, List<(string Name, string Value)> Fields)> Spoiled(List<(string Name, string Value)> fields)
    {
        yield return ("bara stämpeln", [.. fields.Where(f => f.Name == Token)]);
        yield return ("alla tomma", [.. fields.Select(f => f.Name == Token ? f : (f.Name, ""))]);
        yield return ("okända index", [.. fields.Select(f => (Index().Replace(f.Name, "[x]"), f.Value))]);
        yield return (
            "index flyttade",
            [.. fields.Select(f => (Index().Replace(f.Name, m => $"[{int.Parse(m.Value[1..^1], CultureInfo.InvariantCulture) + 1}]"), f.Value))]);
        yield return ("utan den första", [.. fields.Where(f => !f.Name.Contains("[0]", StringComparison.Ordinal))]);
        yield return ("utan inledning", [.. fields.Select(f => (f.Name.Replace("Input.", "", StringComparison.Ordinal), f.Value))]);
        foreach (var prefix in fields.Select(f => Index().Match(f.Name) is { Success: true } m ? f.Name[..m.Index] : null).OfType<string>().Distinct())
        {
            yield return ($"egna nummer för {prefix}", [.. fields, ($"{prefix}.index", "a"), ($"{prefix}.index", "0"), ($"{prefix}.index", "b")]);
            yield return ($"{prefix} är en text", [.. fields.Where(f => !f.Name.StartsWith(prefix, StringComparison.Ordinal)), (prefix, "x")]);
            yield return ($"{prefix} är tom", [.. fields.Where(f => !f.Name.StartsWith(prefix, StringComparison.Ordinal)), (prefix, ""), ($"{prefix}[0]", "")]);
            yield return (
                $"{prefix} med jättelikt index",
                [.. fields, ($"{prefix}[999999999].Code", "x"), ($"{prefix}[99999999999999999999]", "x"), ($"{prefix}[-1]", "x"), ($"{prefix}[", "x")]);
        }

        var at = 0;
        foreach (var name in fields.Select(f => f.Name).Where(n => n != Token).Distinct())
        {
            // All ways of every field take minutes; else one of eight, and of each field another than of the one before.
            foreach (var (how, spoiled) in InEachWay(fields, name).Where((_, way) => LongRun.IsOn || way % 8 == at % 8))
                yield return (how, spoiled);
            at++;
        }
    }

    private static IEnumerable<(string How, List<(string Name, string Value)> Fields)> InEachWay(List<(string Name, string Value)> fields, string name)
    {
        yield return ($"utan {name}", [.. fields.Where(f => f.Name != name)]);
        yield return ($"{name} dubbelt", [.. fields, (name, "1"), (name, "")]);
        foreach (var strange in new[] { "\u0000", "99999999999999999999", "-1", "å\uFFFFä", "][", new string('9', 3_000) })
            yield return ($"{name} = {strange[..Math.Min(8, strange.Length)]}", [.. fields.Select(f => f.Name == name ? (name, strange) : f)]);
    }

    [GeneratedRegex(@"\[\d+\]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Index();
}
