using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Start;

/// <summary>What needs doing, for each role.</summary>
public sealed class ForbundStartModel : PageModel;
