using System.Net;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Startup;

/// <summary>Dates and years that no calendar of ours has, in the address of every page: an answer, and never a fault.</summary>
public sealed class OutOfCalendarTests
{
    [Theory]
    [InlineData("0001-01-01", "0")]
    [InlineData("9999-12-31", "9999")]
    [InlineData("1899-12-31", "-1")]
    [InlineData("9999-12-31", "2147483647")]
    public async Task No_page_fails_for_a_year_out_of_range(string date, string year)
    {
        await using var host = await WebHost.StartAsync();
        var border = await Border.MakeAsync(host);
        var user = await host.AddUserAsync(border.Own.ForbundId, [.. Role.All.Select(r => r.Code)], border.Own.InsatsId);
        using var browser = await host.SignInAsync(user);
        var query = string.Join(
            '&',
            new[] { "fran", "till", "datum", "Filter.From", "Filter.To", "From", "To", "Input.From", "Input.To" }
                .Select(n => $"{n}={date}")
                .Concat(new[] { "ar", "year", "halvar", "sida", "version" }.Select(n => $"{n}={year}")));
        var failed = new List<string>();
        foreach (var right in Rights.Table.Where(r => r.Scope != Scope.Open))
        {
            var address = border.Own.Address(right.Route.Replace("{year:int}", year.TrimStart('-'), StringComparison.Ordinal));
            using var answer = await browser.Client.GetAsync(new Uri($"{address}?{query}", UriKind.Relative));
            if (answer.StatusCode >= HttpStatusCode.InternalServerError)
                failed.Add($"{right.Route}: {(int)answer.StatusCode}");
        }

        failed.ShouldBeEmpty();
    }
}
