using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.Data.SqlClient;

namespace FinsamOutcomes.Data.Tests.SqlServer;

/// <summary>Microsoft.Data.SqlClient finds every assembly that it loads; no server is needed to see it.</summary>
public sealed class SqlClientTests
{
    [Fact]
    public async Task A_command_with_parameters_fails_on_the_connection_not_on_a_missing_file()
    {
        // A port that was free a moment ago: nobody answers there.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var connection = new SqlConnection(
            $"Server=127.0.0.1,{port};Database=finsam;User Id=x;Password=x;Connect Timeout=2;ConnectRetryCount=0;Encrypt=false");
        await using var command = new SqlCommand("SELECT @Number, @Text", connection);
        command.Parameters.AddWithValue("@Number", 1);
        command.Parameters.AddWithValue("@Text", "å");
        command.Parameters.Add("@Bytes", System.Data.SqlDbType.VarBinary, 32).Value = DBNull.Value;
        await Should.ThrowAsync<SqlException>(connection.OpenAsync);

        // The code that sends parameters to a server is compiled as if it ran: that is where a missing file shows.
        foreach (var type in new[] { typeof(SqlCommand), typeof(SqlParameter), typeof(SqlBulkCopy), typeof(SqlDataReader) })
        {
            foreach (
                var method in type.GetMethods(
                    BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!method.ContainsGenericParameters && !method.IsAbstract)
                    System.Runtime.CompilerServices.RuntimeHelpers.PrepareMethod(method.MethodHandle);
            }
        }
    }
}
