using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.CodeLists;

/// <summary>The code lists and how much of each the förbund has chosen.</summary>
public sealed class IndexModel(CurrentAccess access, CodeListStore codes) : PageModel
{
    public IReadOnlyList<(string Heading, string Address, CodeList List)> Lists { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var lists = new List<(string, string, CodeList)>();
        foreach (var (list, heading) in CodeList.All)
            lists.Add((heading, ListAddress.Of(list), await codes.OfForbundAsync(access.ForbundId, list, HttpContext.RequestAborted)));
        Lists = lists;
    }
}

/// <summary>What a list is called in an address.</summary>
internal static class ListAddress
{
    private static readonly (string List, string Address)[] s_all =
    [
        (CodeList.ExitReason, "avslutsorsaker"),
        (CodeList.Referrer, "remittenter"),
        (CodeList.EducationLevel, "utbildning"),
        (CodeList.Livelihood, "forsorjning"),
        (CodeList.TargetGroup, "malgrupper"),
        (CodeList.SpecificOrientation, "specifik-inriktning"),
    ];

    public static string Of(string list) => s_all.First(a => a.List == list).Address;

    public static string? ListOf(string address) => s_all.FirstOrDefault(a => a.Address == address).List;
}
