using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Insatser;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Forms;

internal static class CodeOptions
{
    public static IEnumerable<SelectListItem> ToOptions(this IEnumerable<CodeRow> codes) => codes.Select(c => new SelectListItem(c.Label, c.Code));

    /// <summary>Insatser as alternatives, delprojekt below the insats they belong to.</summary>
    public static IReadOnlyList<SelectListItem> ToOptions(this IEnumerable<InsatsNode> tree, Func<InsatsRow, bool> isOffered) =>
        [.. tree.SelectMany(n => n.Delprojekt.Select(d => (d.Insats, Group: (string?)n.Insats.Name)).Prepend((n.Insats, null)))
            .Where(i => isOffered(i.Insats))
            .Select(i => new SelectListItem(i.Group is null ? i.Insats.Name : $"{i.Group}: {i.Insats.Name}", Field.Text(i.Insats.Id)))];
}
