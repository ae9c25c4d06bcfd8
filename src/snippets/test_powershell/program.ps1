  $words = @{ ConnectionRefused = 'refused'; TimedOut = 'timed out'; HostUnreachable = 'unreachable'; NetworkUnreachable = 'unreachable'; NetworkDown = 'unreachable'; AccessDenied = 'unreachable'; HostNotFound = 'unknown name'; TryAgain = 'unknown name' }
  $code = 2
  try {
    $wanted = $From
    if ($wanted -eq '' -and $sources.Count -gt 1) { $wanted = [System.Net.Dns]::GetHostName() }
    $chosen = @($sources | Where-Object { ($wanted -eq '') -or ([string]$_.Number -eq $wanted) -or ($_.Name.Split('.')[0] -eq $wanted.Split('.')[0]) })
    if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
      'portplan: this test needs PowerShell without a constrained language mode'
    } elseif ($sources.Count -eq 0) {
      'portplan: there is nothing to test in this script'
    } elseif ($chosen.Count -ne 1) {
      'portplan: say which host this is, by its number or name: FILE.ps1 -From HOST'
      foreach ($source in $sources) { '{0} {1} {2}' -f $source.Number, $source.Name, $source.Address }
    } else {
      $me = $chosen[0].Number
      $mine = @($flows | Where-Object { $_.From -eq $me })
      $states = @{}
      $running = New-Object -TypeName System.Collections.ArrayList
      $next = 0
      while (($next -lt $mine.Count) -or ($running.Count -gt 0)) {
        while (($next -lt $mine.Count) -and ($running.Count -lt $limit)) {
          $attempt = @{ At = $next; Client = $null; Wait = $null; Clock = [System.Diagnostics.Stopwatch]::StartNew() }
          try {
            $ip = @([System.Net.Dns]::GetHostAddresses($mine[$next].Address))[0]
            $attempt.Client = New-Object -TypeName System.Net.Sockets.TcpClient -ArgumentList $ip.AddressFamily
            $attempt.Wait = $attempt.Client.BeginConnect($ip, $mine[$next].Port, $null, $null)
            [void]$running.Add($attempt)
          } catch {
            $states[$next] = $words[[string]$_.Exception.GetBaseException().SocketErrorCode]
          }
          $next = $next + 1
        }
        foreach ($attempt in @($running)) {
          if ($attempt.Wait.IsCompleted) {
            try {
              $attempt.Client.EndConnect($attempt.Wait)
              $states[$attempt.At] = 'open'
            } catch {
              $states[$attempt.At] = $words[[string]$_.Exception.GetBaseException().SocketErrorCode]
            }
          } elseif ($attempt.Clock.ElapsedMilliseconds -ge $milliseconds) {
            $states[$attempt.At] = 'timed out'
          } else {
            continue
          }
          $attempt.Client.Close()
          $running.Remove($attempt)
        }
        Start-Sleep -Milliseconds 20
      }
      $open = 0
      $refused = 0
      for ($at = 0; $at -lt $mine.Count; $at = $at + 1) {
        $state = $states[$at]
        if (-not $state) { $state = 'failed' }
        if ($state -eq 'open') { $open = $open + 1 }
        if ($state -eq 'refused') { $refused = $refused + 1 }
        '{0,-12}  {1} tcp {2}  {3}' -f $state, $mine[$at].Address, $mine[$at].Port, $mine[$at].Text
      }
      $others = @($untested | Where-Object { $_.From -eq $me })
      foreach ($other in $others) { '{0,-12}  {1}' -f 'not tested', $other.Text }
      $blocked = $mine.Count - $open - $refused
      '{0} tested: {1} open, {2} refused (nothing listens yet), {3} blocked; {4} not tested' -f $mine.Count, $open, $refused, $blocked, $others.Count
      $code = [int]($blocked -gt 0)
    }
  } catch {
    $code = 2
    'portplan: the test could not run'
    $_.Exception.Message
  }
  if ($PSCommandPath) { exit $code }
  $global:LASTEXITCODE = $code
} @args
